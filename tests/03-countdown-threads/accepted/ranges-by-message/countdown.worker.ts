import { parentPort } from 'node:worker_threads';
import { countdown, type Range } from '#shared/countdown.ts';

parentPort?.once('message', (range: Range) => {
  parentPort?.postMessage(countdown(range));
});
