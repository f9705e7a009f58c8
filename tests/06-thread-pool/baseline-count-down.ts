import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** @returns the sum of the steps 0…n, counted by `parts` Workers, each on an equal part */
export async function countDown(n: number, parts: number): Promise<number> {
  const at = (part: number) => Math.floor((n * part) / parts);
  const answers = Array.from({ length: parts }, (_, part) =>
    once(
      new Worker(new URL('./baseline-count-down.worker.ts', import.meta.url), {
        workerData: { from: at(part), to: at(part + 1) },
      }),
      'message',
    ),
  );
  return (await Promise.all(answers)).reduce((total, [sum]) => total + Number(sum), 0);
}
