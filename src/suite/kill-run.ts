import type { ChildProcess } from 'node:child_process';
import { killTree } from '#src/system/index.ts';

/**
 * Kills a suite run and everything it has started. Returns once all of it is gone.
 * @param child Vitest's main process, the leader of its group
 * @param marker value of the environment variable KATA_RUN, which finds processes that left the group or lost their
 *   parent
 * @throws {Error} where a process survives being killed
 */
export async function killRun(child: ChildProcess, marker: string): Promise<void> {
  killGroup(child);
  await killTree({ marker: `KATA_RUN=${marker}` });
}

/** The part of {@link killRun} that does not wait, for a process that is about to exit. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // The group is empty already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
