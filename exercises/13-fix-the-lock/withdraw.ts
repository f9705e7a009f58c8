import type { Mutex } from './mutex.ts';

/**
 * Task 3: takes `amount` out of `balance[0]`, with the lock held, and gives what is left.
 * A RangeError if there is not enough; after it, nobody gets the lock any more.
 */
export function withdraw(lock: Mutex, balance: Int32Array, amount: number): number {
  lock.lock();
  const left = balance[0]! - amount;
  if (left < 0) throw new RangeError(`${amount} cannot be withdrawn, the balance is ${balance[0]}`);
  balance[0] = left;
  lock.unlock();
  return left;
}
