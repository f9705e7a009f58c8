import type { ExerciseRecord, GradeRecord, TaskRecord } from '../record.ts';
import { headline } from '../check-text.ts';
import { checksOf, faultOf } from './outcomes.ts';
import { printable } from './printable.ts';

export type CsvRow = readonly (string | number)[];

export const taskColumns: readonly string[] = [
  'exercise',
  'title',
  'task',
  'task title',
  'points',
  'attainable',
  'verdict',
  'first failing check',
  'sentence',
];

/** @returns a row for each task of each exercise, without the points if a fault left the exercise without a verdict */
export const taskRows = (record: GradeRecord): CsvRow[] =>
  record.exercises.flatMap((exercise) => exercise.tasks.map((task) => row(exercise, task)));

/** @returns CSV as of RFC 4180, from the header on */
export const csvText = (rows: readonly CsvRow[]): string =>
  rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');

export const csv = (record: GradeRecord): string => csvText([taskColumns, ...taskRows(record)]);

function row(exercise: ExerciseRecord, task: TaskRecord): CsvRow {
  const { slug, title } = exercise;
  const { number, attainable } = task;
  const fault = faultOf(exercise);
  if (fault) return [slug, title, number, task.title, '', attainable, 'fault', '', fault.sentence];
  const open = checksOf(exercise, task).filter(({ state }) => state !== 'passed');
  const check = open.find(({ state }) => state !== 'inconclusive') ?? open[0];
  const failing = check ? [`${check.id} ${check.title}`, headline(check)] : ['', ''];
  return [slug, title, number, task.title, task.points, attainable, task.verdict, ...failing];
}

/** A spreadsheet runs a cell that begins so as a formula; behind an apostrophe it is text (OWASP, CSV injection). */
const formula = /^(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const shown = printable(value);
  const text = formula.test(shown) ? `'${shown}` : shown;
  return `"${text.replaceAll('"', '""')}"`;
}
