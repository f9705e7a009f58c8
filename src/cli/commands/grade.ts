import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KataError } from '#src/course/index.ts';
import { exerciseText, findSubmission, grade as gradeCourse, percentage, totalText } from '#src/grade/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';
import { numberFlag } from '../flags.ts';

export interface GradeOptions {
  /** A folder laid out like exercises/, or a repository with such a folder; exercises/ when left out. */
  submission?: string;
  /** A file for the record as JSON. `-` prints it, and nothing else, on standard output. */
  json?: string;
  /** Percent of the attainable points, 0 to 100: below that the exit code is 1. */
  failUnder?: string;
}

/**
 * `kata grade`: points and named verdicts for a submission, judged apart from anything that a student could touch.
 * @param names exercises; all when empty
 * @returns exit code: 0 there is a verdict, 1 the points are below `failUnder`, 2 a fault left an exercise without a
 * verdict
 * @throws {KataError} a name, folder or number that cannot be used
 */
export async function grade(
  { root, terminal }: Context,
  names: readonly string[],
  { submission, json, failUnder }: GradeOptions,
): Promise<number> {
  const least = failUnder === undefined ? undefined : numberFlag('--fail-under', failUnder, 0, 100);
  const course = await chosenExercises(root, names);
  const print = json === '-' ? terminal.note : terminal.line;
  const record = await gradeCourse(course, { root, submission: await findSubmission(root, submission) }, (each) =>
    print(`${exerciseText(each)}\n`),
  );
  print(totalText(record));
  const text = JSON.stringify(record, undefined, 2);
  if (json === '-') terminal.line(text);
  else if (json !== undefined) await writeRecord(json, `${text}\n`);
  const reached = percentage(record);
  if (reached === undefined) return 2;
  if (least === undefined || reached >= least) return 0;
  print(texts.tooFew(least));
  return 1;
}

async function writeRecord(file: string, json: string): Promise<void> {
  await writeFile(resolve(file), json).catch((error: NodeJS.ErrnoException) => {
    throw new KataError(texts.unwritable(file, error.code ?? error.message));
  });
}

const texts = {
  tooFew: (least: number) => `The points are below the ${least} % that --fail-under requires.`,
  unwritable: (file: string, reason: string) =>
    `The record cannot be written to "${file}" (${reason}). Name a file in an existing folder.`,
};
