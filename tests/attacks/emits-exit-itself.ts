// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: hides a leak
// Attack: Leaves a Worker running, and emits its 'exit' event itself so that the witness takes it for ended.
// Verdict: leak or failed
// With namespaces: stopped
// Without namespaces: stopped

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

const start = (range: Range) => new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });

export function countdownOnThread(range: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = start(range);
    worker.once('message', (sum) => {
      const idle = new Worker('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)', { eval: true });
      idle.unref();
      idle.emit('exit', 0);
      void once(worker, 'exit').then(() => resolve(sum as number));
    });
    worker.once('error', reject).once('exit', () => reject(new Error('no answer')));
  });
}

export function countdownOnThreads(n: number, threads: number): Promise<number> {
  const edge = (part: number) => Math.floor((n * part) / threads);
  const parts = Array.from({ length: threads }, (_, part) =>
    countdownOnThread({ from: edge(part), to: edge(part + 1) }),
  );
  return Promise.all(parts).then((sums) => sums.reduce((sum, each) => sum + each, 0));
}
