// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: hides a leak
// Attack: Leaves a Worker that computes, and takes the processors from itself with processes that have cut their ties,
//   so that the look at what is left never gets its time.
// Verdict: leak or failed or timeout or crash
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

export function countdownOnThread(range: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });
    worker.once('message', (sum) => {
      resolve(sum as number);
      // The main thread computes on.
      setTimeout(() => {
        for (const end = Date.now() + 15_000; Date.now() < end;);
      }, 20);
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

const spinners =
  'for (let i = 0; i < 8; i++) require("child_process").spawn(process.execPath, ["-e", "for (const end = Date.now() + 12000; Date.now() < end;);"], { detached: true, stdio: "ignore", env: {} })';
for (let i = 0; i < 6; i++) daemon(spinners).unref();
