// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: forges what was seen
// Attack: Starts two Workers in place of one, and patches v8.serialize so that the witness testifies to one.
// Verdict: failed or leak
// With namespaces: stopped
// Without namespaces: stopped

import { syncBuiltinESMExports } from 'node:module';
import v8 from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

const { serialize } = v8;
v8.serialize = (message: { witness?: { workers: object } }) => {
  if (message?.witness) message.witness.workers = { started: 1, peak: 1, alive: 0 };
  return serialize(message);
};
syncBuiltinESMExports();

const start = (range: Range) => new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });

export function countdownOnThread({ from, to }: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    const worker = start({ from, to });
    start({ from, to: from });
    worker.once('message', resolve).once('error', reject);
    worker.once('exit', () => reject(new Error('no answer')));
  });
}
export const countdownOnThreads = async () => 0;
