// One real thread of the bench's stress test: runs its body each time the gate opens.
import { parentPort, workerData } from 'node:worker_threads';

interface Given {
  module: string;
  body: string;
  args: unknown[];
  words: Record<string, Int32Array>;
  /** Round that has begun, threads that are done with it. */
  gate: Int32Array;
}

const { module, body, args, words, gate } = workerData as Given;
const exports = (await import(module)) as Record<string, (...args: unknown[]) => unknown>;
parentPort!.postMessage('ready');
for (let round = 1; ; round++) {
  while (Atomics.load(gate, 0) < round) Atomics.wait(gate, 0, round - 1);
  exports[body]!(words, ...args);
  Atomics.add(gate, 1, 1);
  Atomics.notify(gate, 1);
}
