import { join } from 'node:path';
import { classPage, misconceptionsOf, readReferences } from '#src/class-page/index.ts';
import type { Exercise } from '#src/course/index.ts';
import { csvText, taskColumns, taskRows, type CsvRow, type GradedStudent } from '#src/grade/index.ts';
import { asJson, write } from './result-files.ts';

/** A known mistake, and how many students made it. */
export interface Misconception {
  name: string;
  misconception: string;
  students: number;
}

/**
 * Writes what the instructor looks at: the results of all students in one place.
 * @param root the course, absolute: the page compares the students' files with its references
 * @param students in the order of the tables
 * @param exercises those that were judged
 */
export async function writeResults(
  out: string,
  root: string,
  students: readonly GradedStudent[],
  exercises: readonly Exercise[],
): Promise<void> {
  const references = await readReferences(root, exercises);
  await write(join(out, 'index.html'), classPage(students, { title: 'Class results', references }));
  await write(join(out, 'class.csv'), classCsv(students, exercises));
  await write(join(out, 'class.json'), classJson(students, exercises));
}

/** @returns why a student has no points; undefined for one who has a verdict */
export function problemOf({ record, problem }: GradedStudent): string | undefined {
  if (record === null) return problem ?? 'The record names no reason.';
  if (record.points !== null) return undefined;
  const faults = record.exercises.flatMap(({ slug, fault }) => (fault ? [`${slug}: ${fault.sentence}`] : []));
  return `The grader or the machine failed, not the student. ${faults.join(' ')}`;
}

/** @returns for each exercise where a known mistake was recognized: the mistakes, the most frequent first */
export const countMisconceptions = (students: readonly GradedStudent[]): Record<string, Misconception[]> =>
  Object.fromEntries(
    [...misconceptionsOf(students)].map(([slug, mistakes]) => [
      slug,
      mistakes.map((mistake) => ({ ...mistake, students: mistake.students.length })),
    ]),
  );

const classJson = (students: readonly GradedStudent[], exercises: readonly Exercise[]): string =>
  asJson({
    version: 1,
    exercises: exercises.map(({ slug }) => slug),
    students: students.map((graded) => {
      const problem = problemOf(graded);
      return {
        student: graded.student,
        points: graded.record?.points ?? null,
        attainable: attainableIn(exercises),
        ...(problem !== undefined && { problem }),
      };
    }),
    misconceptions: countMisconceptions(students),
  });

const attainableIn = (exercises: readonly Exercise[]): number =>
  exercises.flatMap(({ tasks }) => tasks).reduce((sum, { points }) => sum + points, 0);

const classCsv = (students: readonly GradedStudent[], exercises: readonly Exercise[]): string =>
  csvText([
    ['student', ...taskColumns],
    ...students.flatMap((graded) => rowsOf(graded, exercises).map((row) => [graded.student, ...row])),
  ]);

/** A student who could not be judged has all rows, too, so that each task has as many rows as there are students. */
const rowsOf = ({ record, problem = '' }: GradedStudent, exercises: readonly Exercise[]): CsvRow[] =>
  record === null
    ? exercises.flatMap(({ slug, title, tasks }) =>
        tasks.map((task, at) => [slug, title, at + 1, task.title, '', task.points, 'not judged', '', problem]),
      )
    : taskRows(record);
