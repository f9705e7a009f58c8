import { loadCourse } from '#src/course/course.ts';
import { findExercise } from '#src/course/find-exercise.ts';
import { packSkeleton } from '#src/course/skeleton.ts';
import type { Context } from '../context.ts';

/** `kata pack`: for authors, makes what lies in exercises/ the untouched copy that `reset` restores. */
export async function pack({ root, terminal }: Context, names: readonly string[]): Promise<number> {
  const course = await loadCourse(root);
  const chosen = names.length === 0 ? course.exercises : names.map((name) => findExercise(course, name));
  for (const exercise of chosen) terminal.line(`written: ${await packSkeleton(root, exercise)}`);
  return 0;
}
