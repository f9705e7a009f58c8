import type { Mutex } from './mutex.ts';

/** Accounts in shared memory. */
export interface Bank {
  /** `locks[i]` guards `balances[i]`. */
  locks: readonly Mutex[];
  /** A thread may touch `balances[i]` only while it holds `locks[i]`. */
  balances: Int32Array;
}

/**
 * Task 4: moves money between two accounts, with both locks held. Two transfers in opposite directions can wait for
 * each other forever.
 * @param bank the accounts
 * @param from index of the account that pays
 * @param to index of the account that receives; with `to` equal to `from`, nothing happens
 * @param amount what moves, a positive integer
 */
export function transfer({ locks, balances }: Bank, from: number, to: number, amount: number): void {
  if (from === to) return;
  locks[from]!.lock();
  locks[to]!.lock();
  balances[from]! -= amount;
  balances[to]! += amount;
  locks[to]!.unlock();
  locks[from]!.unlock();
}

/**
 * Adds up the money of all accounts at one moment, with all locks held.
 * @param bank the accounts
 * @returns the sum of all balances
 */
export function total({ locks, balances }: Bank): number {
  for (const lock of locks) lock.lock();
  let sum = 0;
  for (let account = 0; account < locks.length; account++) sum += balances[account]!;
  for (const lock of locks) lock.unlock();
  return sum;
}
