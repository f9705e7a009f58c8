import type { Mutex } from './mutex.ts';

/**
 * Takes `amount` out of `balance[0]`, with the lock held.
 * @returns what is left
 * @throws {RangeError} if there is not enough; the lock is free again and the balance is as before
 */
export function withdraw(lock: Mutex, balance: Int32Array, amount: number): number {
  if (balance[0]! < amount) throw new RangeError(`${amount} cannot be withdrawn, the balance is ${balance[0]}`);
  lock.lock();
  try {
    return (balance[0]! -= amount);
  } finally {
    lock.unlock();
  }
}
