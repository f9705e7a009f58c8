import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findExercise, KataError, loadCourse } from '#src/course/index.ts';
import type { Context } from '../context.ts';
import { runNode } from '../node-child.ts';

const child = fileURLToPath(new URL('../try-child.ts', import.meta.url));

/**
 * `kata try`: runs an exercise's try.ts, which calls the student's code on real numbers and prints times, without
 * judging.
 * @param args what try.ts itself gets
 * @returns its exit code; 1 where a signal ended it
 */
export async function tryOut(
  { root }: Context,
  exerciseName: string,
  args: readonly string[],
  { solution }: { solution?: boolean },
): Promise<number> {
  const { id, slug } = findExercise(await loadCourse(root), exerciseName);
  const file = join(root, solution ? 'solutions' : 'exercises', slug, 'try.ts');
  await access(file).catch(() => {
    throw new KataError(`There is no try.ts in exercise ${slug}. To restore it: npm run kata reset ${id}`);
  });
  return runNode(child, [file, ...args], { cwd: root });
}
