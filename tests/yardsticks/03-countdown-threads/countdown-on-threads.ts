// What a speed-up is measured against where the course comes without its reference solutions, as for students. It is as
// fast as the reference, and no answer: it handles no error, ends nothing, and its range of steps is always a good one.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** @returns the sum of the steps 0…n, counted by that many Workers at once */
export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  const at = (part: number) => Math.floor((n * part) / threads);
  const sums = Array.from({ length: threads }, (_, part) => {
    const workerData = { from: at(part), to: at(part + 1) };
    return once(new Worker(new URL('./count.worker.ts', import.meta.url), { workerData }), 'message');
  });
  return (await Promise.all(sums)).reduce((total, [sum]) => total + Number(sum), 0);
}
