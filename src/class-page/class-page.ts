import { h, type ElementTree } from '#src/drawing/browser/element.js';
import { selfContainedPage } from '#src/drawing/index.ts';
import type { GradedStudent } from '#src/grade/index.ts';
import { classData, type ClassData, type References } from './class-data.ts';
import { misconceptionsOf } from './misconceptions.ts';
import { matrix, misconceptions, totals, verdictCounts } from './tables.ts';
import { allVisible, visible } from './visible-text.ts';

export interface ClassPageOptions {
  title: string;
  /** What the students' files are compared with; an exercise that is missing here shows no difference. */
  references: References;
}

/**
 * The instructor's page: students and exercises as a table, each cell with its failing checks, and the misconceptions
 * of the class. One file that loads nothing, and in which no text of a student can become markup.
 * @returns HTML
 */
export function classPage(students: readonly GradedStudent[], { title, references }: ClassPageOptions): string {
  const sorted = allVisible([...students]).sort((one, other) => byName(one.student, other.student));
  const data = classData(sorted, allVisible(references));
  const { exercises, students: rows, details } = data;
  return selfContainedPage({
    title: visible(title),
    body: [header(visible(title), sorted, data), main(sorted, data), dialog],
    data: { exercises, students: rows, details },
    script: new URL('browser/page.js', import.meta.url),
    styles: [new URL('browser/style.css', import.meta.url)],
  });
}

const byName = new Intl.Collator('en', { numeric: true }).compare;

function header(title: string, students: readonly GradedStudent[], data: ClassData): ElementTree {
  const latest = students
    .map(({ record }) => record?.gradedAt ?? '')
    .reduce((one, other) => (one > other ? one : other), '');
  return h(
    'header',
    {},
    h('h1', {}, title),
    latest === '' ? '' : h('p', { class: 'lead' }, `Graded ${latest.slice(0, 16).replace('T', ' ')} UTC`),
    totals(data),
  );
}

const main = (students: readonly GradedStudent[], data: ClassData): ElementTree =>
  h(
    'main',
    {},
    h(
      'section',
      { 'aria-labelledby': 'results' },
      h('h2', { id: 'results' }, 'Results'),
      h(
        'div',
        { class: 'controls', hidden: true },
        h('label', { for: 'search' }, 'Search names and verdicts'),
        h('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false' }),
        h('p', { role: 'status', id: 'shown' }),
        h('p', { class: 'keys' }, 'Select a cell for its details. Arrow keys move from cell to cell.'),
      ),
      h('div', { class: 'matrix', role: 'group', tabindex: 0, 'aria-labelledby': 'results' }, matrix(data)),
    ),
    h('div', { class: 'columns' }, misconceptions(data, misconceptionsOf(students)), verdictCounts(data)),
  );

const dialog = h(
  'dialog',
  { id: 'dialog', 'aria-labelledby': 'dialog-title' },
  h(
    'div',
    { class: 'dialog-head' },
    h(
      'h2',
      { id: 'dialog-title', tabindex: -1 },
      h('bdi', { id: 'dialog-student' }),
      ' ',
      h('span', { id: 'dialog-exercise' }),
    ),
    h('p', { id: 'dialog-verdict' }),
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', id: 'previous' }, 'Previous', h('span', { class: 'optional' }, ' student')),
      h('button', { type: 'button', id: 'next' }, 'Next', h('span', { class: 'optional' }, ' student')),
      h('button', { type: 'button', id: 'close' }, 'Close'),
    ),
  ),
  h('div', { id: 'dialog-content' }),
);
