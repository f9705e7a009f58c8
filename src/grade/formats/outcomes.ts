import type { Check } from '#src/suite/index.ts';
import { checkText } from '../check-text.ts';
import type { ExerciseRecord, GradeRecord, TaskRecord } from '../record.ts';
import { notes } from '../table.ts';
import { shortened } from './limits.ts';

type Fault = NonNullable<ExerciseRecord['fault']>;

/** @returns why an exercise has no points; undefined if it has */
export const faultOf = ({ points, fault }: ExerciseRecord): Fault | undefined =>
  points === null ? (fault ?? { sentence: 'The record names no reason.' }) : undefined;

/** @returns for people: that an exercise has no verdict, and why */
export function faultText(
  { id, title }: ExerciseRecord,
  { sentence, output = '' }: Fault,
  characters = Infinity,
): string {
  const reason = output.trim() === '' ? sentence : `${sentence}\n${output}`;
  return `${id} ${title} has no verdict, and that is not the student's fault: ${shortened(reason, characters)}`;
}

/** @returns for people: that there is no score since a fault left exercises without a verdict; undefined if none did */
export function faultsText({ exercises }: GradeRecord, characters = Infinity): string | undefined {
  const texts = exercises.flatMap((exercise) => {
    const fault = faultOf(exercise);
    return fault ? [faultText(exercise, fault, characters)] : [];
  });
  return texts.length === 0 ? undefined : ['There is no score: grade again.', ...texts].join('\n');
}

/**
 * A task can end without a single check, when no file was handed in or the run was stopped before it. In a list of
 * checks it must not vanish.
 * @returns the task's checks, or one that stands for the whole task
 */
export function checksOf({ files }: ExerciseRecord, { number, title, verdict, checks }: TaskRecord): readonly Check[] {
  if (checks.length > 0) return checks;
  const reason =
    files.taken.length === 0
      ? `none of the exercise's files was handed in (${files.missing.join(', ')})`
      : `the run ended before (${verdict})`;
  const sentence = `No check has run: ${reason}.`;
  return [{ id: `${number}.0`, task: number, title, state: 'failed', verdict, sentence, milliseconds: 0 }];
}

/** @returns for people: how many checks of a task passed, and what the others say */
export function taskText(exercise: ExerciseRecord, task: TaskRecord, characters = Infinity): string {
  const checks = checksOf(exercise, task);
  const passed = checks.filter(({ state }) => state === 'passed').length;
  const others = checks.filter(({ state }) => state !== 'passed');
  return [
    `${passed} of ${checks.length} checks passed.`,
    ...others.map(
      (check) => `${check.id} ${check.title}: ${check.verdict}\n${shortened(checkText(check), characters)}`,
    ),
  ].join('\n\n');
}

/** @returns the notes of all exercises, each behind the exercise's number */
export const allNotes = ({ exercises }: GradeRecord): string[] =>
  exercises.flatMap((exercise) => notes(exercise).map((line) => `${exercise.id}: ${line}`));

/** @returns the name of a task where tasks of several exercises stand in one list */
export const taskName = ({ id, title }: ExerciseRecord, task: TaskRecord): string =>
  `${id} ${title}, task ${task.number}: ${task.title}`;
