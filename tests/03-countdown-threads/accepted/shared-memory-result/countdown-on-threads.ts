import { Worker } from 'node:worker_threads';
import { once } from 'node:events';
import type { Range } from '#shared/countdown.ts';
import { split } from './split.ts';

function launch(range: Range, cell: Float64Array): { worker: Worker; ended: Promise<void> } {
  cell[0] = NaN;
  const worker = new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: { range, cell } });
  // once() rejects at 'error'.
  const ended = once(worker, 'exit').then(([code]) => {
    if (Number.isNaN(cell[0])) throw new Error(`no sum, exit code ${String(code)}`);
  });
  return { worker, ended };
}

const cells = (count: number): Float64Array[] => {
  const buffer = new SharedArrayBuffer(8 * count);
  return Array.from({ length: count }, (_, at) => new Float64Array(buffer, 8 * at, 1));
};

export async function countdownOnThread(range: Range): Promise<number> {
  const [cell] = cells(1) as [Float64Array];
  await launch(range, cell).ended;
  return Number(cell[0]);
}

export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  const ranges = split(n, threads).filter(({ from, to }) => from < to);
  const results = cells(ranges.length);
  const launched = ranges.map((range, at) => launch(range, results[at] as Float64Array));
  try {
    await Promise.all(launched.map(({ ended }) => ended));
  } catch (error) {
    await Promise.all(launched.map(({ worker }) => worker.terminate()));
    throw error;
  }
  return results.reduce((total, cell) => total + Number(cell[0]), 0);
}
