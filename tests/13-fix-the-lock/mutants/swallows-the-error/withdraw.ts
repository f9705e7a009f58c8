import type { Mutex } from './mutex.ts';

/**
 * Takes `amount` out of `balance[0]`, with the lock held.
 * @returns what is left
 * @throws {RangeError} if there is not enough; the lock is free again and the balance is as before
 */
export function withdraw(lock: Mutex, balance: Int32Array, amount: number): number {
  lock.lock();
  try {
    const left = balance[0]! - amount;
    if (left < 0) throw new RangeError(`${amount} cannot be withdrawn, the balance is ${balance[0]}`);
    balance[0] = left;
    return left;
  } catch {
    return -1;
  } finally {
    lock.unlock();
  }
}
