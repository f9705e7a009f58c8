// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: hides a leak
// Attack: Leaves a timer running, and patches the function that lists what keeps a process alive.
// Verdict: leak or failed
// With namespaces: stopped
// Without namespaces: stopped

import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

export function countdownOnThread(range: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });
    worker.once('message', (sum) => {
      resolve(sum as number);
      setInterval(() => undefined, 1_000);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('no answer')));
  });
}

export function countdownOnThreads(n: number, threads: number): Promise<number> {
  const edge = (part: number) => Math.floor((n * part) / threads);
  const parts = Array.from({ length: threads }, (_, part) =>
    countdownOnThread({ from: edge(part), to: edge(part + 1) }),
  );
  return Promise.all(parts).then((sums) => sums.reduce((sum, each) => sum + each, 0));
}

process.getActiveResourcesInfo = () => [];
