import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#src/course/index.ts';
import { h, type ElementTree } from '#src/drawing/browser/element.js';
import { timelineDrawing } from '#src/drawing/browser/timeline-drawing.js';
import { selfContainedPage, steppingStyle } from '#src/drawing/index.ts';
import type { Outcome } from '#src/guide/index.ts';
import { placeText, type Check } from '#src/suite/index.ts';
import { aboutTrees, evidenceTrees, stepTrees } from './browser/check-view.js';
import type { PageCheck, PageData } from './page-data.ts';

/** What came of a run, as far as the page shows it. */
export type Shown = Pick<Outcome, 'exercise' | 'project' | 'result'>;

/**
 * The page of one run: the failing schedules beside the student's source, stepped through with arrow keys. One file
 * that loads nothing.
 * @param root the course, absolute
 * @returns HTML
 */
export async function runPage(root: string, { exercise, project, result }: Shown): Promise<string> {
  const all = result.tasks.flatMap(({ checks }) => checks);
  const checks = all.filter(({ state }) => state !== 'passed').map(pageCheck);
  // The page opens at something that can be stepped through.
  const shown = checks.find(({ timeline }) => timeline) ?? checks[0];
  const data: PageData = { checks, files: await readNamed(join(root, project, exercise.slug), checks, exercise) };
  const title = `${exercise.id} ${exercise.title}`;
  const summary = result.fault
    ? `The suite could not judge: ${result.fault.sentence}`
    : `${all.length - checks.length} of ${all.length} checks passed.`;
  return selfContainedPage({
    title,
    body: [
      h('header', {}, h('h1', {}, title), h('p', { class: 'lead' }, summary)),
      h('main', {}, checks.length > 1 ? chooser(checks, shown) : '', shown ? checkTrees(shown, data) : ''),
    ],
    data,
    script: new URL('browser/page.js', import.meta.url),
    styles: [steppingStyle, new URL('browser/style.css', import.meta.url)],
  });
}

/** @returns whether a check failed with a schedule, so that the page has something to step through */
export const hasSchedule = ({ result }: Shown): boolean =>
  result.tasks.some(({ checks }) => checks.some(({ state, timeline }) => state !== 'passed' && timeline !== undefined));

function pageCheck({ id, title, verdict, sentence = verdict, evidence, timeline, ...check }: Check): PageCheck {
  const { mistake } = check;
  const place = placeText(check);
  return {
    id,
    title,
    verdict,
    sentence,
    ...(place === undefined ? {} : { place }),
    ...(mistake ? { misconception: mistake.misconception } : {}),
    ...(evidence === undefined ? {} : { evidence }),
    ...(timeline ? { timeline } : {}),
  };
}

/** @returns the files of the exercise that a timeline names, as they are now */
async function readNamed(
  folder: string,
  checks: readonly PageCheck[],
  { files }: Exercise,
): Promise<PageData['files']> {
  const named = new Set(
    checks.flatMap(({ timeline }) => [
      timeline?.file,
      ...(timeline?.rows ?? []).map((row) => ('place' in row ? row.place?.replace(/:\d+$/, '') : undefined)),
    ]),
  );
  const texts = [...files.student, ...files.given]
    .filter((name) => named.has(name))
    .map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
      return text === undefined ? [] : [[name, text] as const];
    });
  return Object.fromEntries((await Promise.all(texts)).flat());
}

const chooser = (checks: readonly PageCheck[], shown: PageCheck | undefined): ElementTree =>
  h(
    'p',
    { class: 'chooser' },
    h('label', { for: 'check' }, 'Check that failed'),
    ' ',
    h(
      'select',
      { id: 'check', autocomplete: 'off' },
      checks.map((check, at) =>
        h('option', { value: at, selected: check === shown || undefined }, `${check.id} ${check.title}`),
      ),
    ),
  );

const checkTrees = (check: PageCheck, { files }: PageData): ElementTree[] => [
  h('div', { id: 'about' }, aboutTrees(check)),
  ...(check.timeline ? [player({ ...check, timeline: check.timeline }, files)] : []),
  h('div', { id: 'evidence' }, evidenceTrees(check)),
];

/** What the script fills again at each step; without it, the end is shown. */
function player(check: PageCheck & Required<Pick<PageCheck, 'timeline'>>, files: PageData['files']): ElementTree {
  const { cells, source, name } = stepTrees(check, files, check.timeline.rows.length);
  const drawing = timelineDrawing(check.timeline);
  const button = (id: string, sign: string, text: string) =>
    h(
      'button',
      { type: 'button', id },
      h('span', { 'aria-hidden': 'true' }, sign),
      h('span', { class: 'word' }, ` ${text}`),
    );
  return h(
    'section',
    { id: 'player', 'aria-label': 'The schedule, step by step' },
    h(
      'div',
      { class: 'now' },
      h(
        'div',
        { id: 'steps', role: 'group', 'aria-label': 'Steps', hidden: true },
        button('first', '⇤', 'First'),
        button('back', '←', 'Back'),
        button('next', '→', 'Next'),
        button('last', '⇥', 'Last'),
        button('to-cause', '►', 'The step to look at'),
        h('span', { id: 'position' }),
      ),
      h('p', { id: 'said', 'aria-live': 'polite' }),
      h(
        'table',
        { id: 'memory', 'aria-label': 'Values before and after the step' },
        h('tbody', { id: 'cells' }, cells),
      ),
    ),
    h(
      'div',
      { class: 'panes' },
      h(
        'section',
        { class: 'code', 'aria-labelledby': 'source-title' },
        h('h2', { id: 'source-title' }, 'Source ', h('code', { id: 'source-name' }, name ?? '')),
        h('pre', { id: 'source', tabindex: 0, role: 'group', 'aria-labelledby': 'source-title' }, source),
      ),
      h(
        'section',
        { class: 'schedule', 'aria-labelledby': 'lanes-title' },
        h(
          'div',
          { class: 'title' },
          h('h2', { id: 'lanes-title' }, 'Schedule'),
          h('button', { type: 'button', id: 'rest', hidden: true }),
        ),
        h('div', { id: 'lanes', tabindex: 0, role: 'group', 'aria-labelledby': 'lanes-title' }, drawing),
        h('p', { class: 'keys' }, texts.keys),
      ),
    ),
  );
}

const texts = {
  keys:
    '← and → step back and forward, Home and End go to the beginning and the end. ⇄ marks a preemption: the thread ' +
    'or task before could have gone on. ► marks the step to look at.',
};
