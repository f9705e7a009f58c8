// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: hides a leak
// Attack: Leaves a Worker and a timer running that do not keep the process alive, and removes all listeners.
// Verdict: leak
// With namespaces: stopped
// Without namespaces: stopped

import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

export function countdownOnThread(range: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });
    worker.once('message', (sum) => {
      const idle = new Worker('setInterval(() => undefined, 1000)', { eval: true });
      idle.unref();
      idle.removeAllListeners();
      setInterval(() => undefined, 1_000).unref();
      resolve(sum as number);
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
