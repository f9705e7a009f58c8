// One thread of try.ts: it adds 1 to the shared count many times, with the lock or without it.
import { workerData } from 'node:worker_threads';
import { Mutex } from './mutex.ts';

/** What a Worker receives as `workerData`. All arrays are views of shared memory: one element, 0 at first. */
export interface Job {
  /** Whether each increment takes the lock. */
  locked: boolean;
  /** The mutex's word. */
  lock: Int32Array;
  /** The start barrier's memory. */
  gate: Int32Array;
  count: Int32Array;
  /** Number of increments that this Worker does. */
  times: number;
  /** Number of Workers that meet at the start barrier. */
  threads: number;
}

const { locked, lock, gate, count, times, threads } = workerData as Job;

// All threads start at the same time: the last one to arrive wakes the others.
if (Atomics.add(gate, 0, 1) + 1 === threads) Atomics.notify(gate, 0);
for (let arrived = Atomics.load(gate, 0); arrived < threads; arrived = Atomics.load(gate, 0))
  Atomics.wait(gate, 0, arrived);

if (locked) {
  const mutex = new Mutex(lock);
  for (let done = 0; done < times; done++) {
    mutex.withLock(() => {
      count[0]!++;
    });
  }
} else {
  for (let done = 0; done < times; done++) count[0]!++;
}
