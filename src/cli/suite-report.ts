import type { Exercise } from '#src/course/index.ts';
import type { Check, SuiteResult, TaskResult } from '#src/suite/index.ts';
import type { Outcome } from '#src/guide/index.ts';
import { seconds } from './seconds.ts';
import type { Terminal } from './terminal.ts';
import { paint } from './terminal.ts';

export interface ReportOptions {
  /** Whether each check has been printed as it ended: then tasks are one line each. */
  readonly live?: boolean;
  /** What to explain in full: `first`, the first check that did not pass; `all` of these; or the check with this id. */
  readonly explain?: string;
}

/** @returns the line of a check as it ends */
export const checkLine = (check: Check, terminal: Terminal): string =>
  `  ${markOf(check.state, terminal)} ${check.id} ${check.title}${paint(terminal, 'dim', verdictBeside(check))}`;

/**
 * @returns task by task what passed and what did not, then the first failing check with its evidence and place; or what
 * hindered the suite
 */
export function suiteReport(
  outcome: Outcome,
  terminal: Terminal,
  { live = false, explain = 'first' }: ReportOptions = {},
): string {
  const { exercise, result, first } = outcome;
  const title = paint(terminal, 'bold', `${exercise.slug} · ${exercise.title}`);
  if (result.fault) return `${title}\n\n${firstCheck(outcome, terminal)}`;
  const width = Math.max(...result.tasks.map((task) => task.title.length));
  const tasks = result.tasks.map((task) => taskLines(task, exercise, width, live, terminal).join('\n'));
  const explained = explain === 'first' ? first && [firstCheck(outcome, terminal)] : named(result, explain, terminal);
  return [title, '', ...tasks, ...(explained ?? []).flatMap((text) => ['', text])].join('\n');
}

/** @returns the checks that were asked for, each in full: one by its id, or all that did not pass */
const named = ({ tasks }: SuiteResult, explain: string, terminal: Terminal): string[] =>
  tasks
    .flatMap(({ checks }) => checks)
    .filter(({ id, state }) => (explain === 'all' ? state !== 'passed' : id === explain))
    .map((check) => checkLines(check, terminal).join('\n'));

/**
 * @returns the check to look at first: its verdict and sentence, its evidence, and the place in the student's code; or
 * what hindered the suite
 */
export function firstCheck({ exercise, first, result }: Outcome, terminal: Terminal): string {
  if (result.fault) return faultText(result.fault);
  if (first === undefined) return texts.nothing;
  const others = result.tasks
    .flatMap(({ checks }) => checks)
    .filter(({ id, state, verdict }) => id !== first.id && state === 'failed' && verdict !== 'not implemented');
  const lines = others.map(({ id, title, verdict }) => `    ${id} ${title}  ${paint(terminal, 'dim', verdict)}`);
  return [
    ...checkLines(first, terminal),
    ...(others[0] === undefined ? [] : ['', texts.others(exercise, others[0], others.length), ...lines]),
  ].join('\n');
}

/**
 * @param remarks what the compiler says, a line each
 * @param waited milliseconds that the student has waited; from the start of the suite to its end when left out
 * @returns these, the points, and the command that comes next; nothing where the suite could not judge
 */
export function closing(
  outcome: Outcome,
  remarks: readonly string[],
  terminal: Terminal,
  waited = outcome.milliseconds,
): string {
  const { exercise, result, points, first } = outcome;
  if (result.fault) return texts.fault;
  const judged = result.tasks.reduce((sum, { number }) => sum + (exercise.tasks[number - 1]?.points ?? 0), 0);
  const score = `${points}/${judged} points in ${seconds(waited)}`;
  const next =
    points < judged
      ? texts.next(exercise, first, result)
      : first === undefined
        ? texts.solved(outcome)
        : texts.inconclusive;
  const compiler = remarks.length === 0 ? [] : [texts.compiler, ...remarks.map((line) => `  ${line}`), ''];
  return [...compiler, points === judged ? paint(terminal, 'green', score) : score, next].join('\n');
}

function taskLines(
  { number, title, earned, verdict, checks }: TaskResult,
  exercise: Exercise,
  width: number,
  live: boolean,
  terminal: Terminal,
): string[] {
  const of = exercise.tasks[number - 1]?.points ?? 0;
  const passed = checks.filter(({ state }) => state === 'passed').length;
  const state = earned ? (verdict === 'inconclusive' ? 'inconclusive' : 'passed') : 'failed';
  const count = `${passed} of ${checks.length} ${checks.length === 1 ? 'check' : 'checks'}`;
  const untouched = checks.every((check) => check.verdict === 'not implemented');
  const heading =
    `${untouched ? paint(terminal, 'dim', '·') : markOf(state, terminal)} Task ${number}: ${title.padEnd(width)}  ` +
    `${earned ? of : 0}/${of}  ${paint(terminal, 'dim', count)}`;
  const measured = checks.filter((check) => check.state === 'passed').flatMap(measuredLines);
  // A task that is done needs no list, and neither does one that nobody has begun.
  if (verdict === 'passed') return [heading, ...measured];
  if (untouched) return [`${heading}  not implemented`];
  if (live) return [`${heading}  ${verdict}`, ...measured];
  return [
    heading,
    ...checks.map(
      (check) => `    ${markOf(check.state, terminal)} ${check.title}${paint(terminal, 'dim', verdictBeside(check))}`,
    ),
    ...measured,
  ];
}

/** A passed check that measured something shows its figures, so that they can be seen in every run. */
const measuredLines = ({ sentence, evidence }: Check): string[] =>
  [sentence, evidence].filter((text) => text !== undefined).map((text) => indented(indented(text)));

/** @returns the verdict with space before it; nothing for a check that passed */
export function verdictBeside({ state, verdict }: Check): string {
  if (state === 'passed') return '';
  return state === 'missing' ? '  did not run' : `  ${verdict}`;
}

function checkLines(
  { id, title, verdict, sentence, evidence, file, line, column, likely, mistake }: Check,
  terminal: Terminal,
): string[] {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const looksLike =
    mistake === undefined ? [] : [indented(`This looks like a common mistake: "${mistake.misconception}"`)];
  return [
    `${paint(terminal, verdict === 'inconclusive' ? 'yellow' : 'red', verdict)} · ${id} ${title}`,
    ...(sentence === undefined ? [] : [indented(sentence)]),
    ...(evidence === undefined ? [] : ['', indented(evidence)]),
    ...(place === ''
      ? []
      : [
          ...(evidence === undefined ? [] : ['']),
          `  ${likely ? 'look first at' : 'at'} ${paint(terminal, 'cyan', place)}`,
        ]),
    ...looksLike,
  ];
}

const faultText = ({ sentence, output }: NonNullable<SuiteResult['fault']>): string =>
  [indented(sentence), ...(output === undefined ? [] : ['', indented(output)])].join('\n');

/** @returns one character that stands for how a check ended */
export const markOf = (state: Check['state'], terminal: Terminal): string =>
  ({
    passed: paint(terminal, 'green', '✓'),
    failed: paint(terminal, 'red', '✗'),
    inconclusive: paint(terminal, 'yellow', '?'),
    missing: paint(terminal, 'dim', '-'),
  })[state];

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');

const texts = {
  nothing: 'Nothing failed.',
  compiler: 'The compiler says',
  others: ({ id }: Exercise, other: Check, count: number) =>
    `  ${count === 1 ? 'One more check fails' : `${count} more checks fail`}. Fix this one first. ` +
    `To see another in full: npm run kata run ${id} ${other.id}`,
  next: ({ id, slug, tasks }: Exercise, first: Check | undefined, result: SuiteResult) =>
    `Next: edit ${first?.file ?? `exercises/${slug}/`}, then npm run kata run ${id}` +
    `${result.tasks.length < tasks.length ? ` ${first?.task ?? 1}` : ''} · ` +
    `stuck? npm run kata hint ${id} ${first?.task ?? 1}`,
  solved: ({ exercise: { id, tasks }, result, hasReference }: Outcome) =>
    result.tasks.length < tasks.length
      ? `Next: npm run kata run ${id}`
      : `Solved. ${hasReference ? `The reference beside yours: npm run kata solution ${id} · the next` : 'The next'} ` +
        'exercise: npm start',
  inconclusive:
    'An inconclusive check costs no points. If it measures time, this shows what gets in its way: npm run kata doctor',
  fault:
    'The suite could not judge: this is no fault of your code, and nothing was recorded. What may stand in the ' +
    'way: npm run kata doctor',
};
