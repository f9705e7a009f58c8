import { parentPort, workerData } from 'node:worker_threads';
import { countdown, type Range } from '#shared/countdown.ts';

// No try/catch: an error ends the Worker and reaches the parent thread as an 'error' event.
parentPort?.postMessage(countdown(workerData as Range));
