import { Worker } from 'node:worker_threads';
import type { Range } from './countdown.ts';
import { split } from './split.ts';

interface Running {
  done: Int32Array;
  sum: Float64Array;
}

function start(range: Range): Running {
  const done = new Int32Array(new SharedArrayBuffer(4));
  const sum = new Float64Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: { range, done, sum } });
  worker.on('error', () => undefined);
  return { done, sum };
}

async function wait({ done, sum }: Running): Promise<number> {
  await new Promise(setImmediate);
  while (Atomics.load(done, 0) === 0);
  if (Atomics.load(done, 0) === 2) throw new RangeError('countdown counts whole steps of 32 bits');
  return sum[0] ?? 0;
}

export const countdownOnThread = (range: Range): Promise<number> => wait(start(range));

export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  const sums = await Promise.all(split(n, threads).map(start).map(wait));
  return sums.reduce((total, sum) => total + sum, 0);
}
