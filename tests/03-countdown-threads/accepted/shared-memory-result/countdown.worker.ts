import { workerData } from 'node:worker_threads';
import { countdown, type Range } from '#shared/countdown.ts';

const { range, cell } = workerData as { range: Range; cell: Float64Array };
cell[0] = countdown(range);
