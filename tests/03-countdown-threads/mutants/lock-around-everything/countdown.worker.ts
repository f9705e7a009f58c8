import { parentPort, workerData } from 'node:worker_threads';
import { countdown, type Range } from './countdown.ts';

const { range, index, turn } = workerData as { range: Range; index: number; turn: Int32Array };
for (let now = Atomics.load(turn, 0); now !== index; now = Atomics.load(turn, 0)) Atomics.wait(turn, 0, now);
const sum = countdown(range);
Atomics.store(turn, 0, index + 1);
Atomics.notify(turn, 0);
parentPort?.postMessage(sum);
