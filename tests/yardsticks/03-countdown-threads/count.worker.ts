import { parentPort, workerData } from 'node:worker_threads';
import { countdown, type Range } from '#shared/countdown.ts';

parentPort?.postMessage(countdown(workerData as Range));
