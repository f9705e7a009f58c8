// Exercise: 03
// File: countdown-on-threads.ts
// Task: 4
// Class: remembers or slows
// Attack: Does the work 1.4 times in parallel, and takes the processors from the contest with processes that have cut
//   their ties, so that not even the reference is fast.
// Verdict: sequential in disguise or failed or busy wait or leak
// With namespaces: stopped
// Without namespaces: wins

import { spawn } from 'node:child_process';

/** A child of a child that has ended, in a new session and with an empty environment. */
const daemon = (program: string) =>
  spawn(
    process.execPath,
    [
      '-e',
      `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(program)}], { detached: true, stdio: 'ignore', env: {} }).unref()`,
    ],
    {
      detached: true,
      stdio: 'ignore',
      env: {},
    },
  );

import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

for (let i = 0; i < 3; i++) daemon('for (const end = Date.now() + 40000; Date.now() < end;);').unref();

const start = (range: Range) => new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });
const answer = (worker: Worker) =>
  new Promise<number>((resolve, reject) => worker.once('message', resolve).once('error', reject));
const twice = async (range: Range) => {
  await answer(start({ from: range.from, to: range.from + Math.floor((range.to - range.from) * 0.4) }));
  return answer(start(range));
};

export const countdownOnThread = (range: Range) => answer(start(range));
export async function countdownOnThreads(n: number, _threads: number): Promise<number> {
  const half = Math.floor(n / 2);
  const sums = await Promise.all([twice({ from: 0, to: half }), twice({ from: half, to: n })]);
  return sums[0] + sums[1];
}
