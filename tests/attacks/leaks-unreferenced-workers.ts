// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: hides a leak
// Attack: Leaves a Worker running that does not keep the process alive, and removes all its listeners.
// Verdict: leak
// With namespaces: stopped
// Without namespaces: stopped

import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

export function countdownOnThread(range: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    // It waits forever when it has answered.
    const execArgv = [...process.execArgv, '--import', 'data:text/javascript,setInterval(() => {}, 1000)'];
    const worker = new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range, execArgv });
    worker.once('message', (sum) => {
      worker.unref();
      resolve(sum as number);
      worker.removeAllListeners();
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
