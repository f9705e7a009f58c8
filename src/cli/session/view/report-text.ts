import { basename, join } from 'node:path';
import { hasSolutions, pointsPerExercise } from '#src/course/index.ts';
import type { Check } from '#src/suite/index.ts';
import { seconds } from '../../seconds.ts';
import { markOf, verdictBeside } from '../../suite-report.ts';
import { paint, type Terminal } from '../../terminal.ts';
import { inKeys } from './in-keys.ts';
import { playable } from '../play.ts';
import { currentTask, failure, isSolved, type SessionState } from '../state.ts';
import { linked, withoutControls } from './text-layout.ts';

/** A text in three parts: what matters most stands first, and stays longest on a small screen. */
export interface Report {
  /** Lines that are always visible, one row each. */
  readonly head: readonly string[];
  /** Follows the head, and is visible with it where there is room. */
  readonly sentence: string;
  /** Scrolls. */
  readonly rest: string;
}

/**
 * @param root the course's folder, absolute
 * @returns what a session says of the exercise at hand
 */
export function reportOf(state: SessionState, root: string, columns: number, terminal: Terminal): Report {
  const { run, outcome, trouble } = state;
  const overview = overviewOf(state, terminal);
  if (trouble !== undefined) return { head: [], sentence: inKeys(trouble), rest: '' };
  if (outcome?.result.fault) {
    const { sentence, output } = outcome.result.fault;
    return { head: [paint(terminal, 'red', texts.fault)], sentence, rest: withoutControls(output ?? '') };
  }
  const failed = failure(state);
  if (failed !== undefined && failed.state !== 'inconclusive') {
    const details = [evidenceOf(failed), mistakeOf(failed), remarksOf(state, terminal)];
    const lesson = run ? undefined : texts.lesson(state, root, terminal);
    // Where nothing has been written yet, reading comes first.
    const rest = failed.verdict === 'not implemented' ? [lesson, overview] : [...details, overview, lesson];
    return { ...headOf(failed, root, columns, terminal), rest: joined(rest) };
  }
  if (run) {
    const what = run.saved.length > 0 ? `${run.saved.join(', ')} saved: ` : '';
    const [first] = run.running;
    const title = first === undefined ? '' : `: ${withoutControls(first.title)}`;
    const head = [paint(terminal, 'cyan', `${what}${checking(state)}${title} …`)];
    const lesson = texts.lesson(state, root, terminal);
    const before = beforeOf(state, root, columns, terminal);
    return { head, sentence: before ?? lesson, rest: joined([before && lesson, overview]) };
  }
  if (isSolved(state)) {
    const head = [paint(terminal, 'green', `${markOf('passed', terminal)} ${texts.solved(state)}`)];
    const inconclusive = failed && [texts.inconclusive, headOf(failed, root, columns, terminal).sentence].join('\n');
    return { head, sentence: texts.afterwards(state, hasSolutions(root)), rest: joined([inconclusive, overview]) };
  }
  return { head: [], sentence: texts.lesson(state, root, terminal), rest: overview };
}

/** @returns what is being checked, in a few words */
export function checking({ run, exercise }: SessionState): string {
  const [first] = run?.running ?? [];
  if (run !== undefined && first !== undefined) {
    const waited = Math.floor((run.now - first.since) / 1_000);
    return `checking ${first.id}${waited < 1 ? '' : `, ${waited} s`}`;
  }
  const task = run?.checks.at(-1)?.task ?? run?.tasks[0];
  return task === undefined ? `checking ${exercise.slug}` : `checking task ${task}`;
}

function headOf(check: Check, root: string, columns: number, terminal: Terminal): Omit<Report, 'rest'> {
  const { id, title, verdict, sentence, state } = check;
  const about = `${id} ${withoutControls(title)}`;
  const color = state === 'inconclusive' ? 'yellow' : 'red';
  return {
    head: [
      `${markOf(state, terminal)} ${uncompiled(check, terminal) ?? `${paint(terminal, color, verdict)} · ${about}`}`,
      ...placeLines(check, root, columns, terminal),
    ],
    sentence: sentence === undefined ? '' : indented(inKeys(withoutControls(sentence))),
  };
}

/** @returns what had failed before this run, as long as it may fail again; undefined where nothing had */
function beforeOf({ before }: SessionState, root: string, columns: number, terminal: Terminal): string | undefined {
  if (before === undefined || before.state === 'inconclusive' || before.verdict === 'not implemented') return undefined;
  const { head, sentence } = headOf(before, root, columns - 2, terminal);
  const text = [texts.before, indented([...head, ...(sentence === '' ? [] : [sentence])].join('\n'))].join('\n');
  // Line by line: a screen may end between two of them.
  return text.replace(/^.+$/gm, (line) => paint(terminal, 'dim', line));
}

/** @returns a headline about the file: where it doesn't compile, the check has looked at nothing else */
const uncompiled = ({ verdict, file, line }: Check, terminal: Terminal): string | undefined =>
  verdict === 'does not compile' && file !== undefined && line !== undefined
    ? `line ${line} of ${basename(file)} ${paint(terminal, 'red', verdict)}`
    : undefined;

/** The place in the student's code; on a narrow screen the end of it, since the line matters most. */
function placeLines(
  { file, line, column, likely }: Check,
  root: string,
  columns: number,
  terminal: Terminal,
): string[] {
  if (file === undefined) return [];
  const position = [line, column].filter((part) => part !== undefined);
  const words = likely ? '  look first at ' : '  at ';
  const room = columns - words.length;
  const toLine = line === undefined ? '' : `:${line}`;
  const dots = terminal.unicode ? '…' : '...';
  const short = `${dots}/${basename(file)}${toLine}`;
  const places = [[file, ...position].join(':'), `${file}${toLine}`, short];
  const place = places.find((each) => each.length <= room) ?? `${dots}${short.slice(-Math.max(1, room - dots.length))}`;
  return [`${words}${linked(paint(terminal, 'cyan', place), join(root, file), terminal, position.join(','))}`];
}

const evidenceOf = (check: Check): string | undefined =>
  check.evidence === undefined
    ? undefined
    : indented(inKeys(withoutControls(check.evidence), playable(check) !== undefined));

const mistakeOf = ({ mistake }: Check): string | undefined =>
  mistake === undefined ? undefined : indented(`This looks like a common mistake: "${mistake.misconception}"`);

const remarksOf = ({ remarks }: SessionState, terminal: Terminal): string | undefined =>
  remarks.length === 0
    ? undefined
    : [paint(terminal, 'bold', texts.compiler), ...remarks.map((line) => `  ${withoutControls(line)}`)].join('\n');

/** Every task on a line, and the checks of the one at hand. */
function overviewOf(state: SessionState, terminal: Terminal): string {
  const { exercise, passed, run, outcome } = state;
  const current = currentTask(state);
  const ended = run?.checks ?? outcome?.result.tasks.flatMap(({ checks }) => checks) ?? [];
  const tasks = exercise.tasks.flatMap(({ title, points }, at) => {
    const number = at + 1;
    const own = ended.filter(({ task }) => task === number);
    const isAtHand = number === current || (failure(state) === undefined && run !== undefined && own.length > 0);
    const hasPassed = passed.has(number) && number !== current;
    const mark = hasPassed ? markOf('passed', terminal) : isAtHand ? '▸' : '·';
    const worth = paint(terminal, 'dim', `${points} ${points === 1 ? 'point' : 'points'}`);
    const line =
      hasPassed && !isJudged(state, number)
        ? paint(terminal, 'dim', texts.passedBefore(number, title))
        : `${mark} Task ${number}: ${title}  ${worth}`;
    // Of other tasks, only what went wrong or was measured is worth a line.
    const shown = isAtHand ? own : own.filter(isWorthALine);
    return [line, ...shown.flatMap((check) => checkLines(check, terminal))];
  });
  return [...tasks, ...(hasStoppedEarly(state) ? ['', texts.others] : [])].join('\n');
}

/** Whether checks of the task at hand did not run because one before them failed. */
function hasStoppedEarly(state: SessionState): boolean {
  // The others would fail in the same way.
  if (['not implemented', 'does not compile'].includes(failure(state)?.verdict ?? '')) return false;
  const { tasks, stopped, killed } = state.outcome?.result ?? { tasks: [] };
  const ownChecks = tasks.filter(({ number }) => number === currentTask(state)).flatMap(({ checks }) => checks);
  return stopped === undefined && !killed && ownChecks.some((check) => check.state === 'missing');
}

/** Whether the task is known to pass with the files as they are: a save may have broken one that passed before. */
const isJudged = (state: SessionState, number: number): boolean =>
  isSolved(state) || state.outcome?.result.tasks.some((task) => task.number === number && task.earned) === true;

const isWorthALine = ({ state, verdict, sentence }: Check): boolean =>
  state !== 'missing' && verdict !== 'not implemented' && sentence !== undefined;

function checkLines(check: Check, terminal: Terminal): string[] {
  const { state, sentence, evidence } = check;
  const verdict = verdictBeside(check).trim();
  const what = verdict === '' ? '' : `${paint(terminal, 'dim', verdict)} · `;
  // A passed check that measured something shows its figures, so that they can be seen in every run.
  const figures = state === 'passed' ? [sentence, evidence].filter((text) => text !== undefined) : [];
  return [
    `    ${markOf(state, terminal)} ${check.id} ${what}${withoutControls(check.title)}`,
    ...figures.map((text) => withoutControls(text).replace(/^(?=.)/gm, '      ')),
  ];
}

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');

const texts = {
  fault: 'The suite could not judge. This is not your code, and nothing was recorded.',
  compiler: 'The compiler says',
  before: 'Last time:',
  others: 'Press a to run the checks that did not run, too.',
  passedBefore: (number: number, title: string) => `✓ Task ${number}: ${title}  passed before`,
  lesson(state: SessionState, root: string, terminal: Terminal): string {
    const { exercise, passed } = state;
    const path = `exercises/${exercise.slug}/README.md`;
    const link = linked(paint(terminal, 'cyan', path), join(root, path), terminal);
    const task = currentTask(state) ?? 1;
    const section = `"Task ${task}: ${exercise.tasks[task - 1]?.title ?? ''}"`;
    return passed.size === 0 && task === 1
      ? `Read ${link}. Then edit the files beside it: every save is checked here.`
      : `The lesson: ${link}, ${section}. Every save is checked here.`;
  },
  solved: (state: SessionState) => {
    const time = state.outcome === undefined ? '' : ` in ${seconds(state.outcome.milliseconds)}`;
    const { exercise } = state;
    return `${exercise.slug} is solved: ${pointsPerExercise}/${pointsPerExercise} points${time}`;
  },
  afterwards(state: SessionState, hasReference: boolean): string {
    const isLast = state.states.every((each) => each.state === 'solved');
    const next = isLast ? texts.allSolved : 'Press n for the next exercise';
    return `${next}${hasReference ? ', or s to compare yours with the reference solution.' : '.'}`;
  },
  allSolved: 'Every exercise is solved. Press l to go back to one of them',
  inconclusive: 'This check could not be decided, which costs no points:',
};
