import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findExercise, KataError, loadCourse } from '#src/course/index.ts';
import { loaderFlags } from '#src/loader/index.ts';
import type { Context } from '../context.ts';

const child = fileURLToPath(new URL('../replay-child.ts', import.meta.url));

/**
 * `kata replay`: one schedule of one of the exercise's programs, step by step; the schedule is a report's token, or
 * letters such as ABAB.
 */
export async function replay(
  { root, terminal }: Context,
  exerciseName: string,
  program: string | undefined,
  schedule: string | undefined,
  { solution }: { solution?: boolean },
): Promise<number> {
  const { id, slug } = findExercise(await loadCourse(root), exerciseName);
  const folder = join(root, 'tests', slug);
  if (
    !(await access(join(folder, 'explorations.ts')).then(
      () => true,
      () => false,
    ))
  ) {
    throw new KataError(
      `Exercise ${slug} has no schedules to replay: its suite runs on real threads and processes. Its verdict: npm ` +
        `run kata run ${id}`,
    );
  }
  const args = [
    ...loaderFlags,
    ...(solution ? ['--conditions', 'solutions'] : []),
    child,
    id,
    folder,
    ...[program, schedule].filter((word) => word !== undefined),
  ];
  const { code, out, err } = await new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, args, { cwd: root, maxBuffer: 64 << 20 }, (error, out, err) =>
      resolve({ code: error ? 1 : 0, out, err }),
    );
  });
  if (out !== '') terminal.line(out.trimEnd());
  if (err !== '') terminal.note(err.trimEnd());
  return code;
}
