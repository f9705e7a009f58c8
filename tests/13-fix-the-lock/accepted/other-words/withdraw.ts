import type { Mutex } from './mutex.ts';

export function withdraw(lock: Mutex, balance: Int32Array, amount: number): number {
  lock.lock();
  const before = balance[0]!;
  if (before < amount) {
    lock.unlock();
    throw new RangeError(`${amount} cannot be withdrawn, the balance is ${before}`);
  }
  balance[0] = before - amount;
  lock.unlock();
  return before - amount;
}
