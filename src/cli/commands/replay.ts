import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loaderFlags } from '#src/loader/index.ts';
import type { Context } from '../context.ts';
import { explorationsOf } from '../explorations-of.ts';

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
  const { exercise, file } = await explorationsOf(root, exerciseName, 'replay');
  const args = [
    ...loaderFlags,
    ...(solution ? ['--conditions', 'solutions'] : []),
    child,
    exercise.id,
    dirname(file),
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
