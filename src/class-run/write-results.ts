import { join } from 'node:path';
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
 * Writes what the instructor looks at: the results of all students in one place. An HTML page would be one more file
 * here.
 * @param students in the order of the tables
 * @param exercises those that were judged
 */
export async function writeResults(
  out: string,
  students: readonly GradedStudent[],
  exercises: readonly Exercise[],
): Promise<void> {
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

/**
 * @returns for each exercise where a known mistake was recognized: the mistakes, the most frequent first; a student who
 *   made one in several tasks counts once
 */
export function countMisconceptions(students: readonly GradedStudent[]): Record<string, Misconception[]> {
  const counted = new Map<string, Map<string, Misconception>>();
  for (const { slug, tasks } of students.flatMap(({ record }) => record?.exercises ?? [])) {
    const made = tasks.flatMap(({ checks }) => checks.flatMap(({ mistake }) => mistake ?? []));
    for (const { name, misconception } of new Map(made.map((mistake) => [mistake.name, mistake])).values()) {
      const mistakes = counted.get(slug) ?? new Map<string, Misconception>();
      counted.set(slug, mistakes);
      mistakes.set(name, { name, misconception, students: (mistakes.get(name)?.students ?? 0) + 1 });
    }
  }
  const inOrder = [...counted].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(inOrder.map(([slug, mistakes]) => [slug, [...mistakes.values()].sort(byFrequency)]));
}

const byFrequency = (one: Misconception, other: Misconception): number =>
  other.students - one.students || (one.name < other.name ? -1 : 1);

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
