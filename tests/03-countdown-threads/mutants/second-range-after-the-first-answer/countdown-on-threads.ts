import { Worker } from 'node:worker_threads';
import type { Range } from './countdown.ts';
import { split } from './split.ts';

const start = (): Worker => new Worker(new URL('./countdown.worker.ts', import.meta.url));

export async function countdownOnThread(range: Range): Promise<number> {
  const worker = start();
  try {
    return await ask(worker, range);
  } finally {
    await worker.terminate();
  }
}

export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  const ranges = split(n, threads);
  const workers = ranges.map(start);
  let total = 0;
  try {
    for (const [index, worker] of workers.entries()) total += await ask(worker, ranges[index] as Range);
    return total;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function ask(worker: Worker, range: Range): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`exit code ${code}`)));
    worker.postMessage(range);
  });
}
