import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadCourse, type Course } from '../course/course.ts';
import { findExercise } from '../course/find-exercise.ts';
import { KataError } from '../course/kata-error.ts';
import { grade, percentage } from './grade.ts';
import { findSubmission } from './submission.ts';
import { exerciseText, totalText } from './table.ts';
import { verify, type DoneCase } from './verify.ts';

/** Where to work and print: the part of the command line's context that is used here. */
export interface Context {
  /** The course, absolute. */
  readonly root: string;
  readonly terminal: { readonly line: (text?: string) => void; readonly note: (text: string) => void };
}

export interface GradeFlags {
  /** A folder laid out like exercises/, or a repository with such a folder in it; exercises/ when left out. */
  submission?: string | undefined;
  /** A file to write the record to as JSON; `-` prints it, and nothing else, on standard output. */
  json?: string | undefined;
  /** Percent of the attainable points, 0 to 100: below that the exit code is 1. */
  failUnder?: number | string | undefined;
}

/**
 * `kata grade`: judges a submission and prints what came of it.
 * @param names exercises; all when empty
 * @returns exit code: 0 it ran to a verdict, 1 the points are below `failUnder`, 2 a fault left an exercise without a verdict
 * @throws {KataError} a name, folder or number that cannot be used
 */
export async function gradeCommand(
  { root, terminal }: Context,
  names: readonly string[],
  flags: GradeFlags = {},
): Promise<number> {
  const least = flags.failUnder === undefined ? undefined : number('--fail-under', flags.failUnder, 0, 100, false);
  const course = chosen(await loadCourse(root), names);
  const submission = await findSubmission(root, flags.submission);
  const print = flags.json === '-' ? terminal.note : terminal.line;
  const record = await grade(course, { root, submission }, (each) => print(`${exerciseText(each)}\n`));
  print(totalText(record));
  const json = `${JSON.stringify(record, undefined, 2)}\n`;
  if (flags.json === '-') terminal.line(json.trimEnd());
  else if (flags.json !== undefined) await writeRecord(flags.json, json);
  const reached = percentage(record);
  if (reached === undefined) return 2;
  if (least === undefined || reached >= least) return 0;
  print(`That is less than the ${least} % that --fail-under asks for.`);
  return 1;
}

export interface VerifyFlags {
  /** Exercises by name; all when left out. */
  exercise?: readonly string[] | undefined;
  /** How often each submission is judged; 1 when left out. */
  repeat?: number | string | undefined;
  /** Busy processes beside; 0 when left out. */
  busy?: number | string | undefined;
  /** Submissions at once. */
  jobs?: number | string | undefined;
}

const usualJobs = 2;

/**
 * `kata verify`: proves the course through the grader, one line for each judged submission, `N passed, N failed` last.
 * @returns exit code: 0 all as they must be, 1 otherwise
 * @throws {KataError} a name or number that cannot be used
 */
export async function verifyCommand({ root, terminal }: Context, flags: VerifyFlags = {}): Promise<number> {
  const course = chosen(await loadCourse(root), flags.exercise ?? []);
  const repeat = number('--repeat', flags.repeat ?? 1, 1, 10_000);
  const busy = number('--busy', flags.busy ?? 0, 0, 256);
  const jobs = number('--jobs', flags.jobs ?? usualJobs, 1, 64);
  const began = performance.now();
  const done = await verify(course, {
    root,
    repeat,
    busy,
    jobs,
    onCase: (each) => terminal.line(caseText(each, repeat)),
  });
  const failed = done.filter(({ holds }) => !holds);
  if (repeat > 1) for (const line of flakes(done)) terminal.line(line);
  terminal.line(
    `${done.length} cases of ${course.exercises.length} ${course.exercises.length === 1 ? 'exercise' : 'exercises'} in ${seconds(performance.now() - began)}`,
  );
  terminal.line(`${done.length - failed.length} passed, ${failed.length} failed`);
  return failed.length === 0 ? 0 : 1;
}

function caseText({ label, holds, told, evidence, round, milliseconds }: DoneCase, repeat: number): string {
  const line = `${holds ? 'ok  ' : 'FAIL'} ${repeat > 1 ? `${String(round).padStart(String(repeat).length)} ` : ''}${label.padEnd(40)} ${told}  ${seconds(milliseconds)}`;
  return evidence === undefined ? line : `${line}\n${evidence.replace(/^/gm, '     ')}`;
}

/** @returns for each case that failed in some round: how often */
function flakes(done: readonly DoneCase[]): string[] {
  return [...new Set(done.map(({ label }) => label))].flatMap((label) => {
    const cases = done.filter((each) => each.label === label);
    const failed = cases.filter(({ holds }) => !holds);
    return failed.length === 0
      ? []
      : [
          `${label}: failed ${failed.length} of ${cases.length} times (rounds ${failed.map(({ round }) => round).join(', ')})`,
        ];
  });
}

function chosen(course: Course, names: readonly string[]): Course {
  if (names.length === 0) return course;
  const wanted = new Set(names.map((name) => findExercise(course, name)));
  return { ...course, exercises: course.exercises.filter((exercise) => wanted.has(exercise)) };
}

function number(flag: string, given: number | string, least: number, most: number, whole = true): number {
  const value = typeof given === 'string' && given.trim() === '' ? Number.NaN : Number(given);
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new KataError(`${flag} must be ${whole ? 'an integer' : 'a number'} from ${least} to ${most}, got "${given}".`);
}

async function writeRecord(file: string, json: string): Promise<void> {
  await writeFile(path.resolve(file), json).catch((error: NodeJS.ErrnoException) => {
    throw new KataError(
      `The record cannot be written to "${file}" (${error.code ?? error.message}); name a file in a folder that is there.`,
    );
  });
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
