import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a Worker gets: which function of increment.ts to run, and on what. Both arrays lie over shared memory. */
export interface Job {
  work: 'increment' | 'safeIncrement';
  counter: Int32Array;
  times: number;
  /** The start barrier's memory. */
  gate: Int32Array;
  threads: number;
}

/**
 * Counts one number up on several threads that start at the same time.
 * @param threads number of Workers
 * @param times increments that each of them does
 * @param work which function of increment.ts they run
 * @returns what the number is in the end: `threads * times` if nothing was lost
 * @throws the first error of a Worker, after which the others are ended
 */
export async function incrementOnThreads(
  threads: number,
  times: number,
  work: Job['work'] = 'increment',
): Promise<number> {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const job: Job = { work, counter, times, gate, threads };
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./increment.worker.ts', import.meta.url), { workerData: job }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  return Atomics.load(counter, 0);
}
