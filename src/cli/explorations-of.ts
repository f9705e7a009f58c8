import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Exercise, findExercise, KataError, loadCourse } from '#src/course/index.ts';

/**
 * @param root the course, absolute
 * @param name of an exercise, as the student types it
 * @param deed what is to be done with the schedules: `replay`
 * @returns the exercise, and the file with the programs that its suite explores, absolute
 * @throws {KataError} where there is no such exercise, or its suite explores nothing
 */
export async function explorationsOf(
  root: string,
  name: string,
  deed: string,
): Promise<{ exercise: Exercise; file: string }> {
  const exercise = findExercise(await loadCourse(root), name);
  const { id, slug } = exercise;
  const file = join(root, 'tests', slug, 'explorations.ts');
  if (existsSync(file)) return { exercise, file };
  throw new KataError(
    `Exercise ${slug} has no schedules to ${deed}: its suite runs on real threads and processes. Its verdict: ` +
      `npm run kata run ${id}`,
  );
}
