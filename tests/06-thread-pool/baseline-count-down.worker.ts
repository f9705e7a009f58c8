import { parentPort, workerData } from 'node:worker_threads';
import { countdown, type Range } from '#kata/06-thread-pool/countdown.ts';

parentPort?.postMessage(countdown(workerData as Range));
