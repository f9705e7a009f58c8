import type { ExerciseRecord, GradeRecord, TaskRecord } from '../record.ts';
import { headline } from '../check-text.ts';
import { checksOf, faultOf } from './outcomes.ts';

const columns = [
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

/**
 * CSV as of RFC 4180, with a row for each task of each exercise. The points are empty, not 0, if a fault left the
 * exercise without a verdict.
 */
export const csv = (record: GradeRecord): string =>
  [columns, ...record.exercises.flatMap((exercise) => exercise.tasks.map((task) => row(exercise, task)))]
    .map((cells) => `${cells.map(cell).join(',')}\r\n`)
    .join('');

function row(exercise: ExerciseRecord, task: TaskRecord): (string | number)[] {
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
  const text = formula.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
