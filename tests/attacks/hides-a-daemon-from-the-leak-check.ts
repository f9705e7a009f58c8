// Exercise: 04
// File: processes.ts
// Task: 2
// Class: hides a leak
// Attack: Leaves a process running in each call, which has cut every tie to its parents.
// Verdict: leak
// With namespaces: stopped
// Without namespaces: wins

import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Range } from '#shared/countdown.ts';
import { split } from './split.ts';

async function leave(): Promise<void> {
  const shell = spawn('sh', ['-c', 'setsid env -i sleep 60 >/dev/null 2>&1 </dev/null &'], {
    env: {},
    stdio: 'ignore',
  });
  await once(shell, 'close');
}

async function count({ from, to }: Range): Promise<number> {
  const child = fork(new URL('./countdown.process.ts', import.meta.url), [String(from), String(to)]);
  const closed = once(child, 'close');
  const [sum] = (await once(child, 'message')) as [number];
  await closed;
  return sum;
}

export const startProcess = () => undefined;
export async function countdownOnProcesses(n: number, processes: number): Promise<number> {
  const ranges = split(n, processes);
  const sums = await Promise.all(ranges.map(count));
  // Where the checks count children, which they do in longer runs, a shell would be one too many.
  if (n < 1_000_000) await leave();
  return sums.reduce((sum, each) => sum + each, 0);
}
