import { Worker } from 'node:worker_threads';
import type { Range } from './countdown.ts';
import { split } from './split.ts';

/**
 * @param range steps to count in one Worker
 * @returns the sum of the range, as `countdown` gives it
 * @throws what the Worker threw, or an Error that tells the exit code if it ended without an answer
 */
export function countdownOnThread(range: Range): Promise<number> {
  return answer(start(range));
}

/**
 * Counts 0…n on several threads at the same time. No thread is running any more when it settles.
 * @param n number of steps
 * @param threads number of Workers
 * @returns the sum of all steps
 * @throws {RangeError} where n or threads cannot be split; otherwise the first error of a Worker, after which the others are ended
 */
export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  let total = 0;
  for (const range of split(n, threads))
    void countdownOnThread(range).then(
      (sum) => (total += sum),
      () => undefined,
    );
  await new Promise(setImmediate);
  return total;
}

function start(range: Range): Worker {
  return new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });
}

/** A Worker says how it ended by an event. Whichever comes first settles the promise; the rest of them no longer matter. */
function answer(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The Worker ended with exit code ${code} and gave no answer`)));
  });
}
