import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readCounter } from './counter-file.ts';

/**
 * Lets several processes increment one counter file, in rounds. In each round, every process reads before any of them
 * writes, so all updates but one are lost.
 * @param path the counter file
 * @param processes number of child processes, a positive integer
 * @param rounds number of increments that each process does, a positive integer
 * @returns the count in the end: the count in the beginning plus `rounds`
 * @throws the first failure of a process; once the promise has settled, none is running
 */
export async function loseUpdates(path: string, processes: number, rounds: number): Promise<number> {
  const program = new URL('./lose-updates.process.ts', import.meta.url);
  const children = Array.from({ length: processes }, () => fork(program, [path, String(rounds)]));
  letGoTogether(children);
  const ends = children.map((child) => allReports(child, 2 * rounds));
  try {
    await Promise.all(ends);
  } finally {
    // After a failure, the other processes wait for a report that never comes.
    for (const child of children) child.kill();
    await Promise.allSettled(ends);
  }
  return readCounter(path);
}

/** A barrier made of messages: each time all children have reported, they are all told to go on. */
function letGoTogether(children: readonly ChildProcess[]): void {
  let reports = 0;
  for (const child of children) {
    child.on('message', () => {
      reports++;
      if (reports % children.length > 0) return;
      // The callback takes the error if a child has ended in the meantime. `allReports` throws a better one.
      for (const each of children) each.send('go on', () => undefined);
    });
  }
}

/** Waits until a child has ended. It must have reported `wanted` times and exited with code 0. */
async function allReports(child: ChildProcess, wanted: number): Promise<void> {
  let reports = 0;
  child.on('message', () => reports++);
  // Not 'exit': that can come before the last message.
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (code === 0 && reports === wanted) return;
  const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
  throw new Error(`Process ${child.pid} ended with ${how} after ${reports} of ${wanted} reports`);
}
