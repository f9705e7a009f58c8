import type { Mutex } from './mutex.ts';

/**
 * Takes `amount` out of `balance[0]`, with the lock held.
 * @param lock the lock that guards the balance
 * @param balance shared memory; element 0 is the balance
 * @param amount a positive integer
 * @returns what is left
 * @throws {RangeError} if the balance is below `amount`; the balance is unchanged, and the lock is released
 */
export function withdraw(lock: Mutex, balance: Int32Array, amount: number): number {
  lock.lock();
  try {
    const left = balance[0]! - amount;
    if (left < 0) throw new RangeError(`Cannot withdraw ${amount}: the balance is ${balance[0]}`);
    balance[0] = left;
    return left;
  } finally {
    lock.unlock();
  }
}
