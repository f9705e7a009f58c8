import { findExercise, loadCourse, type Course, type Exercise } from '#src/course/index.ts';
import { firstUnsolved, readProgress } from '#src/guide/index.ts';

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

/**
 * @param names what was typed; no names mean all exercises
 * @returns the course with only these exercises, in learning order
 * @throws {KataError} when a name fits no exercise or several
 */
export async function chosenExercises(root: string, names: readonly string[]): Promise<Course> {
  const course = await loadCourse(root);
  if (names.length === 0) return course;
  const chosen = new Set(names.map((name) => findExercise(course, name)));
  return { ...course, exercises: course.exercises.filter((exercise) => chosen.has(exercise)) };
}
