import { workerData } from 'node:worker_threads';
import { countdown, type Range } from './countdown.ts';

const { range, done, sum } = workerData as { range: Range; done: Int32Array; sum: Float64Array };
try {
  sum[0] = countdown(range);
  Atomics.store(done, 0, 1);
} catch {
  Atomics.store(done, 0, 2);
}
