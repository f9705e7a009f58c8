import { parentPort, workerData } from 'node:worker_threads';
import { countdown, type Range } from './countdown.ts';

// A throw needs no care here: it ends the Worker, and the thread that started it gets it as 'error'.
parentPort?.postMessage(countdown(workerData as Range));
