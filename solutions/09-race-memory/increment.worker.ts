import { workerData } from 'node:worker_threads';
import { increment, safeIncrement } from './increment.ts';
import type { Job } from './increment-on-threads.ts';
import { arriveAndWait } from './start-barrier.ts';

const { work, counter, times, gate, threads } = workerData as Job;
const functions = { increment, safeIncrement };
arriveAndWait(gate, threads);
functions[work](counter, times);
