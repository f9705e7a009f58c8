// One thread at full speed, without an explorer. It waits at the gate until all threads have arrived.
import { workerData } from 'node:worker_threads';
import { Mutex } from '#kata/12-mutex/mutex.ts';

const { lock, count, gate, threads, times } = workerData as {
  lock: Int32Array;
  count: Int32Array;
  gate: Int32Array;
  threads: number;
  times: number;
};
const mutex = new Mutex(lock);
if (Atomics.add(gate, 0, 1) + 1 === threads) Atomics.notify(gate, 0);
for (let arrived = Atomics.load(gate, 0); arrived < threads; arrived = Atomics.load(gate, 0))
  Atomics.wait(gate, 0, arrived);
for (let done = 0; done < times; done++) {
  mutex.lock();
  count[0]!++;
  mutex.unlock();
}
