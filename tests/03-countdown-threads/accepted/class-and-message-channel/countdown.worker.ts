import { workerData, type MessagePort } from 'node:worker_threads';
import { countdown, type Range } from '#shared/countdown.ts';

const { range, port } = workerData as { range: Range; port: MessagePort };
try {
  port.postMessage({ sum: countdown(range) });
} catch (failed) {
  port.postMessage({ failed });
}
