import type { ChildProcess } from 'node:child_process';
import { killTree } from '#src/system/index.ts';

/**
 * Ends a suite run with everything that it has started, and does not return before nothing of it is left.
 * @param child Vitest's main process, the leader of its group
 * @param marker value of the environment variable KATA_RUN, which finds what has left the group and lost its parent
 * @throws {Error} where a process survives being killed
 */
export async function killRun(child: ChildProcess, marker: string): Promise<void> {
  killGroup(child);
  await killTree({ marker: `KATA_RUN=${marker}` });
}

/** The part of {@link killRun} that needs no waiting, for a process that is about to end itself. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // Nobody of the group is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
