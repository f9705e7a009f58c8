import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** How much work this machine really does at once, measured now. */
export interface Capacity {
  /** Processors that the operating system offers. */
  readonly processors: number;
  /**
   * Work done by {@link workers} Workers at once, as a multiple of what one does alone in the same time: 1.9 of 2 is a
   * quiet machine.
   */
  readonly capacity: number;
  readonly workers: number;
  /** Largest over smallest speed of the single Worker over the rounds: 1.0 is a steady machine. */
  readonly unsteadiness: number;
}

/** Counts rounds of plain arithmetic until the time is over; begins when all are up. workerData: gate, milliseconds. */
const labour = `
const { parentPort, workerData: { gate, milliseconds } } = require('node:worker_threads');
let x = 1;
const stretch = () => { for (let i = 0; i < 20000; i++) x = Math.imul(x ^ (x >>> 15), 2246822519) + i | 0; };
for (let i = 0; i < 200; i++) stretch();
Atomics.sub(gate, 0, 1);
Atomics.notify(gate, 0);
for (let left; (left = Atomics.load(gate, 0)) > 0;) Atomics.wait(gate, 0, left);
const start = performance.now();
let done = 0;
while (performance.now() - start < milliseconds) { stretch(); done++; }
parentPort.postMessage(done / (performance.now() - start));
`;

/** @returns stretches per millisecond, all Workers together */
async function throughput(workers: number, milliseconds: number): Promise<number> {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  gate[0] = workers;
  const speeds = Array.from({ length: workers }, () => {
    const worker = new Worker(labour, { eval: true, workerData: { gate, milliseconds }, execArgv: [] });
    return new Promise<number>((resolve, reject) => worker.once('message', resolve).once('error', reject));
  });
  return (await Promise.all(speeds)).reduce((sum, each) => sum + each, 0);
}

/**
 * Measures how much parallel work the machine gives this process now: one Worker and several in turn, three times, the
 * best of each.
 * @param options how many Workers (by default all processors, at least 2, at most 8) and how long each of the six
 * measurements takes (ms)
 */
export async function measureCapacity({
  workers = Math.min(8, Math.max(2, availableParallelism())),
  milliseconds = 250,
} = {}): Promise<Capacity> {
  const alone: number[] = [];
  const together: number[] = [];
  for (let round = 0; round < 3; round++) {
    alone.push(await throughput(1, milliseconds));
    together.push(await throughput(workers, milliseconds));
  }
  return {
    processors: availableParallelism(),
    workers,
    capacity: Math.max(...together) / Math.max(...alone),
    unsteadiness: Math.max(...alone) / Math.min(...alone),
  };
}
