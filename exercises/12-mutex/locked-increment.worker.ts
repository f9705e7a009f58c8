// One thread of the lecture's cell: `with lock: x += 1`, many times.
import { workerData } from 'node:worker_threads';
import { Mutex } from './mutex.ts';

const { lock, gate, count, times, threads } = workerData as {
  lock: Int32Array;
  gate: Int32Array;
  count: Int32Array;
  times: number;
  threads: number;
};
const mutex = new Mutex(lock);

// All threads start at the same time: the last one to come wakes the others.
if (Atomics.add(gate, 0, 1) + 1 === threads) Atomics.notify(gate, 0);
for (let come = Atomics.load(gate, 0); come < threads; come = Atomics.load(gate, 0)) Atomics.wait(gate, 0, come);

for (let done = 0; done < times; done++) {
  mutex.withLock(() => {
    count[0]!++;
  });
}
