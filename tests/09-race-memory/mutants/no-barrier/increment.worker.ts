import { workerData } from 'node:worker_threads';
import { increment, safeIncrement } from './increment.ts';
import type { Job } from './increment-on-threads.ts';

const { work, counter, times, gate, threads } = workerData as Job;
const functions = { increment, safeIncrement };
functions[work](counter, times);
