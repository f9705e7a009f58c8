import {
  blameScore,
  type BlameScore,
  type DoneCase,
  recordMistakes,
  verify as verifyCourse,
} from '#src/verify/index.ts';
import { type Course, KataError } from '#src/course/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';
import { integerFlag } from '../flags.ts';
import { seconds } from '../seconds.ts';

export interface VerifyOptions {
  /** Exercises by name; all when left out. */
  exercise?: string[];
  /** Only the cases whose label contains this text; all when left out. */
  only?: string;
  /** How often each submission is judged; once when left out. */
  repeat?: string;
  /** Busy processes beside; none when left out. */
  busy?: string;
  /** Submissions at once; two when left out. */
  jobs?: string;
  /** Of the mutants that fail the same check first, judges one. */
  quick?: boolean;
  /** Writes what each mutant fails to the exercises' mistakes.json, instead of checking. */
  record?: boolean;
  /** Judges the mistakes in other styles instead, and counts how many are recognized. */
  restyled?: boolean;
}

/**
 * `kata verify`: checks the course by judging every submission whose verdict is known, one line for each;
 * `N passed, N failed` comes last.
 * @returns exit code: 0 all as they must be, 1 otherwise
 * @throws {KataError} a name or number that cannot be used
 */
export async function verify({ root, terminal }: Context, options: VerifyOptions): Promise<number> {
  const course = await chosenExercises(root, options.exercise ?? []);
  const repeat = integerFlag('--repeat', options.repeat ?? '1', 1, 10_000);
  const busy = integerFlag('--busy', options.busy ?? '0', 0, 256);
  const jobs = integerFlag('--jobs', options.jobs ?? '2', 1, 64);
  if (options.record) {
    for (const exercise of course.exercises) {
      const onMistake = (name: string, failed: string) =>
        terminal.line(`${exercise.id} mutants/${name.padEnd(36)} ${failed}`);
      await recordMistakes(exercise, { root, only: options.only, jobs, onMistake });
    }
    return 0;
  }
  const start = performance.now();
  const onCase = (each: DoneCase) => terminal.line(caseText(each, repeat));
  const { only, quick, restyled } = options;
  const done = await verifyCourse(course, { root, only, quick, restyled, repeat, busy, jobs, onCase });
  if (done.length === 0)
    throw new KataError(`No case has "${options.only}" in its label. A label looks like "03 mutants/no-join".`);
  const failed = done.filter(({ holds }) => !holds);
  const scored = scores(course, done);
  for (const line of [...scored.map(scoreLine), ...overallLine(scored), ...unrecordedLine(done), ...namedLine(done)])
    terminal.line(line);
  if (repeat > 1) for (const line of flakes(done)) terminal.line(line);
  // Where the end of a long log shows them.
  if (failed.length > 0) terminal.line('What failed, once more:');
  for (const each of failed) terminal.line(caseText(each, repeat));
  const [cases, exercises] = [counted(done.length, 'case'), counted(course.exercises.length, 'exercise')];
  terminal.line(`${cases} of ${exercises} in ${seconds(performance.now() - start)}`);
  terminal.line(`${done.length - failed.length} passed, ${failed.length} failed`);
  // A part of the mutants says little about a score; the part for --quick is small in each exercise, not in all.
  const pointsWell =
    only !== undefined || ((quick || scored.every(isHighEnough)) && overall(scored) >= leastAtTheMistake);
  return failed.length === 0 && pointsWell && namedShare(done) >= leastNamed ? 0 : 1;
}

function caseText({ label, holds, summary, evidence, round, milliseconds }: DoneCase, repeat: number): string {
  const number = repeat > 1 ? `${String(round).padStart(String(repeat).length)} ` : '';
  const line = `${holds ? 'ok  ' : 'FAIL'} ${number}${label.padEnd(40)} ${summary}  ${seconds(milliseconds)}`;
  return evidence === undefined ? line : `${line}\n${evidence.replace(/^/gm, '     ')}`;
}

/** From 0 to 1: what an exercise's failures must reach, and the recognized mistakes in other styles. */
const leastAtTheMistake = 0.9;
/** In a single exercise chance has more weight: which of several threads fails first decides about some places. */
const leastInOneExercise = 0.8;
const leastNamed = 0.8;
/** Where several threads or processes fail, chance decides which of them the failure speaks of. */
const leastAsRecorded = 0.7;

const isHighEnough = ({ atTheMistake, inStudentFiles, asRecorded }: Score): boolean =>
  atTheMistake >= leastInOneExercise && inStudentFiles === 1 && asRecorded >= leastAsRecorded;

interface Score extends BlameScore {
  id: string;
  count: number;
  /** Failures whose sentence is the one in mistakes.json, from 0 to 1. */
  asRecorded: number;
}

/** @returns how well the failures of each exercise speak, where mutants were judged */
const scores = ({ exercises }: Course, done: readonly DoneCase[]): Score[] =>
  exercises.flatMap(({ id }) => {
    const mutants = done.filter(({ label, blame }) => label.startsWith(`${id} `) && blame !== undefined);
    const count = mutants.length;
    if (count === 0) return [];
    const asRecorded = mutants.filter((each) => each.asRecorded).length / count;
    return [{ id, count, asRecorded, ...blameScore(mutants.flatMap(({ blame }) => blame ?? [])) }];
  });

/** @returns from 0 to 1: how many failures of all exercises point at the mistake */
function overall(scored: readonly Score[]): number {
  const sum = (of: (score: Score) => number) => scored.reduce((total, score) => total + of(score), 0);
  return scored.length === 0 ? 1 : sum(({ atTheMistake, count }) => atTheMistake * count) / sum(({ count }) => count);
}

/** @returns how many failures of several exercises point at the mistake */
const overallLine = (scored: readonly Score[]): string[] =>
  scored.length < 2
    ? []
    : [`All exercises: ${percent(overall(scored))} point at the mistake (at least ${percent(leastAtTheMistake)})`];

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function scoreLine({ id, count, atTheMistake, inStudentFiles, asRecorded }: Score): string {
  return (
    `${id}: ${counted(count, 'failure')}; ${percent(atTheMistake)} point at the mistake ` +
    `(at least ${percent(leastInOneExercise)}), ${percent(inStudentFiles)} into the student's files (all must), ` +
    `${percent(asRecorded)} read as recorded (at least ${percent(leastAsRecorded)}; else: verify --record)`
  );
}

/** @returns the mutants of which nothing is recorded yet, and what to do about it */
function unrecordedLine(done: readonly DoneCase[]): string[] {
  const labels = [...new Set(done.filter(({ isUnrecorded }) => isUnrecorded).map(({ label }) => label))].sort();
  if (labels.length === 0) return [];
  return [`Not recorded yet: ${labels.join(', ')}. Run npm run verify -- --record --exercise … --only mutants/…`];
}

/** @returns from 0 to 1: how many of the mistakes in other styles were recognized; 1 where none was judged */
function namedShare(done: readonly DoneCase[]): number {
  const judged = done.filter(({ named }) => named !== undefined);
  return judged.length === 0 ? 1 : judged.filter(({ named }) => named).length / judged.length;
}

/** @returns how many mistakes in other styles were recognized, where any were judged */
function namedLine(done: readonly DoneCase[]): string[] {
  const judged = done.filter(({ named }) => named !== undefined).length;
  if (judged === 0) return [];
  const named = Math.round(judged * namedShare(done));
  return [`${named} of ${judged} mistakes in another style are recognized (at least ${100 * leastNamed} %)`];
}

/** @returns for each case that failed in some round: how often */
function flakes(done: readonly DoneCase[]): string[] {
  return [...new Set(done.map(({ label }) => label))].flatMap((label) => {
    const cases = done.filter((each) => each.label === label);
    const rounds = cases.filter(({ holds }) => !holds).map(({ round }) => round);
    if (rounds.length === 0) return [];
    return [`${label}: failed ${rounds.length} of ${cases.length} times (rounds ${rounds.join(', ')})`];
  });
}
