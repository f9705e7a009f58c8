import type { Exercise } from '#src/course/course.ts';
import { loadCourse } from '#src/course/course.ts';
import { findExercise } from '#src/course/find-exercise.ts';
import { missingFiles } from '#src/course/check-files.ts';
import { KataError } from '#src/course/kata-error.ts';
import { checkExercise } from '#src/guide/check-exercise.ts';
import { readProgress } from '#src/guide/progress.ts';
import { firstUnsolved } from '#src/guide/state.ts';
import { taskNumber } from '../task-number.ts';
import type { Context } from '../context.ts';
import { suiteReport } from '../suite-report.ts';

export interface RunOptions {
  inline?: boolean;
  solution?: boolean;
  json?: boolean;
}

/** `kata run`: the exercise's suite on the student's files (or on the reference), with what to look at first. 0 when all passed. */
export async function run({ root, terminal }: Context, name: string | undefined, task: string | undefined, { inline, solution, json }: RunOptions): Promise<number> {
  const exercise = await chosen(root, name);
  const tasks = task === undefined ? undefined : [taskNumber(exercise, task, 'run')];
  const project = solution ? 'solutions' : 'exercises';
  if (!solution) await refuseMissing(root, exercise);
  const { warning, ...outcome } = await checkExercise(root, exercise, { project, tasks, inline });
  if (warning !== undefined) terminal.note(warning);
  if (json) {
    const { result, points, milliseconds } = outcome;
    terminal.line(JSON.stringify({ version: 1, exercise: exercise.slug, project, points, milliseconds: Math.round(milliseconds), ...result }, undefined, 2));
  } else terminal.line(suiteReport(outcome, terminal));
  return outcome.result.fault || outcome.result.tasks.some(({ earned }) => !earned) ? 1 : 0;
}

async function chosen(root: string, name: string | undefined): Promise<Exercise> {
  const course = await loadCourse(root);
  if (name !== undefined) return findExercise(course, name);
  return (await firstUnsolved(root, course, (await readProgress(root)).progress)) ?? (course.exercises.at(-1) as Exercise);
}

/** @throws {KataError} names the files that are not there, since an import that fails would say it worse */
async function refuseMissing(root: string, exercise: Exercise): Promise<void> {
  const missing = await missingFiles(root, exercise);
  if (missing.length === 0) return;
  throw new KataError(`exercises/${exercise.slug} lacks ${missing.join(', ')}; npm run kata reset ${exercise.id} brings all files back to the beginning and keeps yours in .kata/kept/.`);
}
