import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';
import { split } from './split.ts';

/**
 * Counts a range in one Worker.
 * @param range steps to count
 * @returns the sum, as `countdown` returns it
 * @throws the error that the Worker threw, or an Error with the exit code if the Worker ended without an answer
 */
export function countdownOnThread(range: Range): Promise<number> {
  return answer(start(range));
}

/**
 * Counts the steps 0 to n in several Workers at the same time. When it settles, no Worker is running.
 * @param n number of steps, a non-negative integer
 * @param threads number of Workers, a positive integer
 * @returns the sum over all steps
 * @throws the first error of a Worker, after it has terminated the others
 * @throws {RangeError} if n or threads is invalid
 */
export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  const workers = split(n, threads).map(start);
  try {
    const sums = await Promise.all(workers.map(answer));
    return sums.reduce((total, sum) => total + sum, 0);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function start(range: Range): Worker {
  return new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });
}

/** The first event settles the promise. Later ones have no effect, so 'exit' may always reject. */
function answer(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The Worker ended with exit code ${code} and without an answer`)));
  });
}
