// One thread of one round of try.ts: a short program like those that the suite explores, here at full speed.
import { parentPort, workerData } from 'node:worker_threads';
import { FutexLock } from './futex-lock.ts';
import { Mutex } from './mutex.ts';
import { SpinLock } from './spin-lock.ts';
import { transfer } from './transfer.ts';
import { withdraw } from './withdraw.ts';

/** What a Worker receives as `workerData`. All arrays are views of shared memory. */
export interface Round {
  program: keyof typeof programs;
  /** Number of threads in this round. */
  threads: number;
  /** Number of this thread, from 0. */
  thread: number;
  /** The start barrier's memory, 0 at first. */
  gate: Int32Array;
  /** Two words for locks, 0 at first. */
  words: Int32Array;
  /** Two balances, 100 at first. */
  money: Int32Array;
}

const programs = {
  'spin-lock': ({ words, money }: Round) => locked(new SpinLock(words), money),
  'futex-lock': ({ words, money }: Round) => locked(new FutexLock(words), money),
  withdraw({ words, money }: Round) {
    try {
      withdraw(new Mutex(words), money, 80);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  },
  transfer({ words, money, thread }: Round) {
    transfer({ locks: [new Mutex(words, 0), new Mutex(words, 1)], balances: money }, thread % 2, 1 - (thread % 2), 10);
  },
};

function locked(lock: { lock(): void; unlock(): void }, money: Int32Array): void {
  lock.lock();
  money[0]!++;
  lock.unlock();
}

const round = workerData as Round;
// The clock of try.ts starts when all threads have loaded.
parentPort?.postMessage('ready');
// All threads start at the same time: the last one to arrive wakes the others.
if (Atomics.add(round.gate, 0, 1) + 1 === round.threads) Atomics.notify(round.gate, 0);
for (let arrived = Atomics.load(round.gate, 0); arrived < round.threads; arrived = Atomics.load(round.gate, 0))
  Atomics.wait(round.gate, 0, arrived);
programs[round.program](round);
