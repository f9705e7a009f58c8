import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { findExercise, KataError, loadCourse } from '#src/course/index.ts';
import type { Context } from '../context.ts';

const loader = new URL('../../loader/register.js', import.meta.url).href;

/**
 * `kata try`: runs an exercise's try.ts, which calls the student's code on the lecture's numbers and prints times, without judging.
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
  if (
    !(await access(file).then(
      () => true,
      () => false,
    ))
  ) {
    throw new KataError(`Exercise ${slug} has no try.ts any more. Put it back: npm run kata reset ${id}`);
  }
  const child = spawn(process.execPath, ['--import', loader, file, ...args], { cwd: root, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
