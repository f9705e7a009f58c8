import type { Exercise } from '#src/course/course.ts';
import type { Check, SuiteResult, TaskResult } from '#src/grade/suite.ts';
import type { Outcome } from '#src/guide/check-exercise.ts';
import type { Terminal } from './terminal.ts';
import { paint } from './terminal.ts';

/**
 * @returns task by task what passed and what did not, then the first failing check with its evidence and place, the points and the next command
 */
export function suiteReport(outcome: Outcome, terminal: Terminal): string {
  const { exercise, result } = outcome;
  const title = paint(terminal, 'bold', `${exercise.slug} · ${exercise.title}`);
  if (result.fault) return [title, '', faultText(result.fault)].join('\n');
  const tasks = result.tasks.map((task) => taskLines(task, exercise, terminal).join('\n'));
  return [title, '', ...tasks, '', ...(outcome.first ? [firstLines(outcome.first, terminal).join('\n'), ''] : []), ...closing(outcome, terminal)].join('\n');
}

function taskLines({ number, title, earned, verdict, checks }: TaskResult, exercise: Exercise, terminal: Terminal): string[] {
  const of = exercise.tasks[number - 1]?.points ?? 0;
  const points = `${earned ? of : 0}/${of}`;
  const passed = checks.filter(({ state }) => state === 'passed').length;
  const line = `${mark(earned ? (verdict === 'inconclusive' ? 'inconclusive' : 'passed') : 'failed', terminal)} Task ${number}: ${title}`;
  const tail = `${points}  ${paint(terminal, 'dim', `${passed} of ${checks.length} checks`)}`;
  // A task that is done needs no list, and neither does one that nobody has begun.
  const quiet = verdict === 'passed' || checks.every((check) => check.verdict === 'not implemented');
  const heading = `${line}  ${tail}${quiet && verdict !== 'passed' ? `  ${verdict}` : ''}`;
  return quiet ? [heading] : [heading, ...checks.map((check) => `    ${mark(check.state, terminal)} ${check.title}${check.state === 'passed' ? '' : paint(terminal, 'dim', `  ${check.state === 'missing' ? 'did not run' : check.verdict}`)}`)];
}

/** The check to look at first: its verdict and sentence, its evidence, and the place in the student's code. */
export function firstLines({ task, title, verdict, sentence, evidence, file, line, column }: Check, terminal: Terminal): string[] {
  const place = file === undefined ? [] : [`  at ${paint(terminal, 'cyan', `${file}${line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column}`}`}`)}`];
  return [
    `${paint(terminal, verdict === 'inconclusive' ? 'yellow' : 'red', verdict)} · Task ${task}, "${title}"`,
    ...(sentence === undefined ? [] : [indented(sentence)]),
    ...(evidence === undefined ? [] : ['', indented(evidence), '']),
    ...place,
  ];
}

/** The points, and the command that comes next. */
export function closing({ exercise, result, points, first, milliseconds }: Outcome, terminal: Terminal): string[] {
  const judged = result.tasks.reduce((sum, { number }) => sum + (exercise.tasks[number - 1]?.points ?? 0), 0);
  const score = `${points}/${judged} points in ${(milliseconds / 1000).toFixed(1)} s`;
  if (points === judged && first === undefined) return [paint(terminal, 'green', score), texts.solved(exercise, result)];
  if (points === judged) return [paint(terminal, 'green', score), texts.inconclusive];
  return [score, texts.next(exercise, first?.task ?? 1)];
}

/** @returns what to say when the run cannot be believed */
export const faultText = (fault: NonNullable<SuiteResult['fault']>): string =>
  [texts.fault, indented(fault.sentence), ...(fault.output === undefined ? [] : ['', indented(fault.output)])].join('\n');

const mark = (state: Check['state'], terminal: Terminal): string =>
  ({ passed: paint(terminal, 'green', '✓'), failed: paint(terminal, 'red', '✗'), inconclusive: paint(terminal, 'yellow', '?'), missing: paint(terminal, 'dim', '-') })[state];

const indented = (text: string): string => text.split('\n').map((line) => (line === '' ? '' : `  ${line}`)).join('\n');

const texts = {
  next: ({ id }: Exercise, task: number) => `Next: mend it and save, then npm run kata run ${id} · stuck? npm run kata hint ${id} ${task}`,
  solved: ({ id, tasks }: Exercise, result: SuiteResult) =>
    result.tasks.length < tasks.length ? `Next: npm run kata run ${id}` : `Solved. The reference beside yours: npm run kata solution ${id} · the next exercise: npm start`,
  inconclusive: 'This machine is too small or too busy to tell a speed-up now; that costs no points. What stands in the way: npm run kata doctor',
  fault: 'The suite could not judge; this is no fault of your code, and nothing was recorded. What stands in the way: npm run kata doctor',
};
