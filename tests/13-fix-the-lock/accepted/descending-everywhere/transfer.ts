import type { Mutex } from './mutex.ts';

/** Accounts in shared memory: `balances[i]` is to be touched only by whoever has `locks[i]`. */
export interface Bank {
  locks: readonly Mutex[];
  balances: Int32Array;
}

/** Moves money between two accounts, with both locks held. */
export function transfer({ locks, balances }: Bank, from: number, to: number, amount: number): void {
  if (from === to) return;
  // Lock ordering: every thread takes the locks in descending order, as `total` does, so there is no circular wait.
  locks[Math.max(from, to)]!.lock();
  locks[Math.min(from, to)]!.lock();
  balances[from]! -= amount;
  balances[to]! += amount;
  locks[to]!.unlock();
  locks[from]!.unlock();
}

/** The money of all accounts at one moment: takes all locks, adds up, gives them back. */
export function total({ locks, balances }: Bank): number {
  for (const lock of [...locks].reverse()) lock.lock();
  let sum = 0;
  for (let account = 0; account < locks.length; account++) sum += balances[account]!;
  for (const lock of locks) lock.unlock();
  return sum;
}
