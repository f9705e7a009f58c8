// The lecture's notebook cell, x += 1 in two threads under a lock: npm run kata try 12
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const threads = 2;
const times = 100_000;

const shared = () => new Int32Array(new SharedArrayBuffer(4));
const job = { lock: shared(), gate: shared(), count: shared(), times, threads };
const workers = Array.from(
  { length: threads },
  () => new Worker(new URL('./locked-increment.worker.ts', import.meta.url), { workerData: job }),
);

const start = performance.now();
try {
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
} finally {
  await Promise.all(workers.map((worker) => worker.terminate()));
}
console.log(
  `${threads} threads × ${times.toLocaleString('en')}: ${Atomics.load(job.count, 0).toLocaleString('en')}   wall ${(performance.now() - start).toFixed(0)} ms, the start of the threads included`,
);
