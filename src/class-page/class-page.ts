import { createHash } from 'node:crypto';
import type { GradedStudent } from '#src/grade/index.ts';
import { h, type ElementTree } from './browser/element.js';
import { classData, type ClassData, type References } from './class-data.ts';
import { scriptJson, toHtml } from './html.ts';
import { pageScript, pageStyle } from './inlined.ts';
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
  const [style, script] = [pageStyle(), pageScript()];
  const json = scriptJson({ exercises, students: rows, details });
  const policy =
    `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; ` +
    "base-uri 'none'; form-action 'none'";
  const head = [
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('title', {}, visible(title)),
  ];
  const body = [header(visible(title), sorted, data), main(sorted, data), dialog];
  return `<!doctype html>
<html lang="en">
<head>
${head.map(toHtml).join('\n')}
<style>${style}</style>
</head>
<body>
${body.map(toHtml).join('\n')}
<script type="application/json" id="data">${json}</script>
<script type="module">${script}</script>
</body>
</html>
`;
}

const byName = new Intl.Collator('en', { numeric: true }).compare;

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

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
