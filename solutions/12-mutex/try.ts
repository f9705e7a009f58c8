// Two threads count together, first without a lock, then with yours: npm run kata try 12
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import '#shared/workers-under-tsx.ts';
import type { Job } from './locked-increment.worker.ts';

const threads = 2;
const format = (value: number): string => value.toLocaleString('en');

await countTogether('without a lock', false, 10_000_000);
await countTogether('with the lock', true, 100_000);

async function countTogether(name: string, locked: boolean, times: number): Promise<void> {
  const shared = () => new Int32Array(new SharedArrayBuffer(4));
  const job: Job = { locked, lock: shared(), gate: shared(), count: shared(), times, threads };
  const start = performance.now();
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./locked-increment.worker.ts', import.meta.url), { workerData: job }),
  );
  try {
    await Promise.all(workers.map((worker) => once(worker, 'exit')));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  const wall = (performance.now() - start).toFixed(0);
  const count = format(Atomics.load(job.count, 0));
  console.log(`${name}, ${threads} threads × ${format(times)}: the count is ${count} of ${format(threads * times)}`);
  console.log(`  ${wall} ms, including the start of the threads`);
}
