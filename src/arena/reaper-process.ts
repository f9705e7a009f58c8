import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { loaderFlags } from '#src/loader/index.ts';

let reaper: ChildProcess | undefined;

/** One reaper for all guests of this process, started with the first of them. */
function start(): ChildProcess {
  if (reaper?.exitCode === null && reaper.signalCode === null) return reaper;
  reaper = spawn(process.execPath, [...loaderFlags, fileURLToPath(new URL('./reaper.ts', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // In a group of its own, so that what kills the referee's group leaves the reaper its work.
    detached: true,
  });
  reaper.on('error', () => undefined);
  reaper.stdin?.on('error', () => undefined);
  reaper.unref();
  (reaper.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return reaper;
}

/**
 * Has a process tree ended when this process is gone, whatever ends it.
 * @param pid the tree's first process
 * @param marker `NAME=value` in the environment of all its members
 */
export function guardTree(pid: number, marker: string): void {
  start().stdin?.write(`+${pid} ${marker}\n`);
}

/** Tells that the tree is gone: its process id may soon be somebody else's. */
export function forgetTree(pid: number): void {
  reaper?.stdin?.write(`-${pid}\n`);
}
