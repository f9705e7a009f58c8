import { parentPort, workerData } from 'node:worker_threads';
import { countdown, type Range } from './countdown.ts';

parentPort?.on('message', (range: Range) => parentPort?.postMessage(countdown(range)));
parentPort?.postMessage(countdown(workerData as Range));
