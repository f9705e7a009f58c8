import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';
import { split } from './split.ts';

export const countdownOnThread = (range: Range): Promise<number> => countOn([range]);
export const countdownOnThreads = async (n: number, threads: number): Promise<number> => countOn(split(n, threads));

function countOn(ranges: readonly Range[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const workers = new Set<Worker>();
    const answered = new Set<Worker>();
    let total = 0;
    let missing = ranges.length;
    const finish = (settle: () => void) => {
      const last = [...workers];
      workers.clear();
      void Promise.all(last.map((worker) => worker.terminate())).then(settle);
    };
    if (missing === 0) resolve(0);
    for (const range of ranges) {
      const worker = new Worker(new URL('./countdown.worker.ts', import.meta.url));
      workers.add(worker);
      worker.postMessage(range);
      worker.on('message', (sum: number) => {
        answered.add(worker);
        total += sum;
        missing -= 1;
        if (missing === 0) finish(() => resolve(total));
      });
      worker.on('error', (error) => finish(() => reject(error)));
      worker.on('exit', () => {
        if (workers.has(worker) && !answered.has(worker)) finish(() => reject(new Error('a Worker left early')));
      });
    }
  });
}
