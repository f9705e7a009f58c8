import { parentPort } from 'node:worker_threads';
import { countdown, type Range } from '#shared/countdown.ts';

parentPort?.on('message', (range) => parentPort?.postMessage(countdown(range as Range)));
