import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KataError, loadCourse } from '#src/course/index.ts';
import {
  exerciseText,
  findSubmission,
  hasAnExercise,
  grade as gradeCourse,
  isolationText,
  percentage,
  totalText,
} from '#src/grade/index.ts';
import { pathFrom } from '#src/verdict/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';
import { exitingWith2 } from '../exiting-with-2.ts';
import { isolationFlag, numberFlag } from '../flags.ts';
import { formatOutputs, writeFormat, written, type FormatOptions, type FormatOutput } from '../format-outputs.ts';
import { submissionPage } from '../submission-page.ts';

export interface GradeOptions extends FormatOptions {
  /** A folder laid out like exercises/, or a repository with such a folder; exercises/ when left out. */
  submission?: string;
  /** A file for the record as JSON. `-` prints it, and nothing else, on standard output. */
  json?: string;
  /** Percent of the attainable points, 0 to 100: below that the exit code is 1. */
  failUnder?: string;
  /** `auto`, `require` or `none`; `auto` when left out. */
  isolation?: string;
}

/**
 * `kata grade`: points and named verdicts for a submission, judged apart from anything that a student could touch.
 * @param names exercises; all when empty
 * @returns exit code: 0 there is a verdict, 1 the points are below `failUnder`, 2 a fault left an exercise without a
 * verdict
 * @throws {KataError} with exit code 2: a name, folder or number that cannot be used, a format or a file that cannot be
 * written
 */
export const grade = (...call: Parameters<typeof judge>): Promise<number> => exitingWith2(judge(...call));

async function judge(
  { root, terminal }: Context,
  names: readonly string[],
  { submission, failUnder, isolation = 'auto', ...options }: GradeOptions,
): Promise<number> {
  const { json } = options;
  const level = isolationFlag(isolation);
  const least = failUnder === undefined ? undefined : numberFlag('--fail-under', failUnder, 0, 100);
  const course = await chosenExercises(root, names);
  const judged = await findSubmission(root, submission);
  if (!(await hasAnExercise(await loadCourse(root), judged))) throw new KataError(texts.nothing(submission ?? '.'));
  const outputs = await formatOutputs(options);
  const prints = (name: FormatOutput['name']) => outputs.some((each) => each.name === name && each.file === undefined);
  const print = json === '-' || prints('summary') ? terminal.note : terminal.line;
  // GitHub looks for commands in all that a step prints, and the table holds a student's texts.
  const token = prints('annotations') ? randomUUID() : undefined;
  if (token !== undefined) print(`::stop-commands::${token}`);
  const record = await gradeCourse(course, { root, submission: judged, isolation: level }, (each) =>
    print(`${exerciseText(each)}\n`),
  );
  print(totalText(record));
  const isolated = isolationText(record);
  if (isolated !== undefined) print(isolated);
  if (token !== undefined) print(`::${token}::`);
  const text = JSON.stringify(record, undefined, 2);
  if (json === '-') terminal.line(text);
  else if (json !== undefined) {
    await written(json, writeFile(resolve(json), `${text}\n`));
    print(texts.wrote(json));
  }
  const page = () => submissionPage(root, course, record, judged);
  for (const output of outputs) {
    await writeFormat(record, output, terminal, page);
    if (output.file !== undefined && !output.append) print(texts.wrote(pathFrom(process.cwd(), output.file)));
  }
  const reached = percentage(record);
  if (reached === undefined) return 2;
  if (least === undefined || reached >= least) return 0;
  print(texts.tooFew(least));
  return 1;
}

const texts = {
  wrote: (file: string) => `Wrote ${file}`,
  nothing: (folder: string) =>
    `"${folder}" cannot be graded: it has no folder of an exercise of this course. Give a folder laid out like ` +
    'exercises/. Or was it made for another version of the course?',
  tooFew: (least: number) => `The points are below the ${least} % that --fail-under requires.`,
};
