import { parentPort, workerData } from 'node:worker_threads';
import { increment, safeIncrement } from './increment.ts';

const { work, memory, times } = workerData as {
  work: 'increment' | 'safeIncrement';
  memory: SharedArrayBuffer;
  times: number;
};
parentPort!.once('message', () => {
  ({ increment, safeIncrement })[work](new Int32Array(memory), times);
  parentPort!.postMessage('done');
});
parentPort!.postMessage('here');
