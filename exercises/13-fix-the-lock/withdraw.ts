import type { Mutex } from './mutex.ts';

/**
 * Task 3: takes `amount` out of `balance[0]`, with the lock held. When it throws, no other thread gets the lock
 * anymore.
 * @param lock the lock that guards the balance
 * @param balance shared memory; element 0 is the balance
 * @param amount a positive integer
 * @returns what is left
 * @throws {RangeError} if the balance is below `amount`
 */
export function withdraw(lock: Mutex, balance: Int32Array, amount: number): number {
  lock.lock();
  const left = balance[0]! - amount;
  if (left < 0) throw new RangeError(`Cannot withdraw ${amount}: the balance is ${balance[0]}`);
  balance[0] = left;
  lock.unlock();
  return left;
}
