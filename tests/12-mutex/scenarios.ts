// Runs on the student's side, inside the arena.
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Mutex } from '#kata/12-mutex/mutex.ts';

/** Milliseconds between two looks at the count, and the number of looks without a change that mean a standstill. */
const look = 250;
const patience = 40;

/** The result of a run at full speed. */
export interface Outcome {
  count: number;
  /** The mutex is free in the end. */
  free: boolean;
  /** The threads were still running, and none had counted for 10 seconds. */
  stalled: boolean;
}

/**
 * Locks a mutex whose array is a part of a larger buffer, the third of four elements.
 * @returns the elements that differ while it is locked
 */
export function changedInTheBuffer(): number[] {
  const all = new Int32Array(new SharedArrayBuffer(16));
  new Mutex(all.subarray(2, 3)).lock();
  return [...all.keys()].filter((at) => all[at] !== 0);
}

/** Runs real threads that start together, each with its increments of plain memory under the student's mutex. */
export async function atFullSpeed(threads: number, times: number): Promise<Outcome> {
  const shared = () => new Int32Array(new SharedArrayBuffer(4));
  const job = { lock: shared(), count: shared(), gate: shared(), threads, times };
  const workers = Array.from(
    { length: threads },
    () => new Worker(new URL('./full-speed.worker.ts', import.meta.url), { workerData: job }),
  );
  const over = Promise.all(workers.map((worker) => once(worker, 'exit'))).then(() => true);
  let stalled = false;
  try {
    for (let same = 0, before = -1; !stalled && !(await Promise.race([over, delay(look, false)]));) {
      const now = Atomics.load(job.count, 0) + Atomics.load(job.gate, 0);
      // Until all threads have arrived, one may still be starting.
      same = now === before && Atomics.load(job.gate, 0) === threads ? same + 1 : 0;
      before = now;
      stalled = same >= patience;
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return { count: Atomics.load(job.count, 0), free: stalled || new Mutex(job.lock).tryLock(), stalled };
}
