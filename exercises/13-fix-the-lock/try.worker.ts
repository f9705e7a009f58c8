// One thread of one round of try.ts: the same short program that the suite explores, here at full speed.
import { parentPort, workerData } from 'node:worker_threads';
import { FutexLock } from './futex-lock.ts';
import { Mutex } from './mutex.ts';
import { SpinLock } from './spin-lock.ts';
import { transfer } from './transfer.ts';
import { withdraw } from './withdraw.ts';

/** What a thread gets. All arrays lie over shared memory, zeros at first but for `money`, which is 100 and 100. */
export interface Round {
  program: keyof typeof programs;
  threads: number;
  /** From 0. */
  thread: number;
  gate: Int32Array;
  words: Int32Array;
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
// The clock of try.ts starts when all have loaded.
parentPort?.postMessage('here');
// All threads start at the same time: the last one to come wakes the others.
if (Atomics.add(round.gate, 0, 1) + 1 === round.threads) Atomics.notify(round.gate, 0);
for (let come = Atomics.load(round.gate, 0); come < round.threads; come = Atomics.load(round.gate, 0))
  Atomics.wait(round.gate, 0, come);
programs[round.program](round);
