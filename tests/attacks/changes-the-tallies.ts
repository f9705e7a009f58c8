// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: forges what was seen
// Attack: Starts two Workers in place of one, and takes one away from the witness's counters, which Workers inherit.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import { getEnvironmentData, Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

const start = (range: Range) => new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });

export function countdownOnThread({ from, to }: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = start({ from, to });
    const second = start({ from, to: from });
    const counts = getEnvironmentData('kata:tallies') as unknown as Int32Array | undefined;
    if (counts) counts[0] = 1;
    worker.once('message', (sum) => second.terminate().then(() => resolve(sum as number)));
    worker.once('error', reject).once('exit', () => reject(new Error('no answer')));
  });
}
export const countdownOnThreads = async () => 0;
