import type { Exercise } from '#src/course/course.ts';
import { loadCourse } from '#src/course/course.ts';
import { findExercise } from '#src/course/find-exercise.ts';
import { readProgress } from '#src/guide/progress.ts';
import { firstUnsolved } from '#src/guide/state.ts';

/**
 * @param name what was typed; when left out the first exercise that is not solved, or the last one when all are
 * @throws {KataError} when there is no such exercise
 */
export async function chosenExercise(root: string, name: string | undefined): Promise<Exercise> {
  const course = await loadCourse(root);
  if (name !== undefined) return findExercise(course, name);
  const { progress } = await readProgress(root);
  return (await firstUnsolved(root, course, progress)) ?? (course.exercises.at(-1) as Exercise);
}
