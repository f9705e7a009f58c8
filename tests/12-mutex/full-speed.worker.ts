// One thread at full speed: nothing is controlled here. Waits at the gate until all are there.
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
for (let come = Atomics.load(gate, 0); come < threads; come = Atomics.load(gate, 0)) Atomics.wait(gate, 0, come);
for (let done = 0; done < times; done++) {
  mutex.lock();
  count[0]!++;
  mutex.unlock();
}
