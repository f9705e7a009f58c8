// Runs in the Worker: overwrites the first number of each array that it receives, and answers.
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (numbers: Int32Array) => {
  numbers[0] = 100;
  parentPort?.postMessage('done');
});
