// What each thread of an exploration runs.
import { FutexLock } from '#kata/13-fix-the-lock/futex-lock.ts';
import { Mutex } from '#kata/13-fix-the-lock/mutex.ts';
import { SpinLock } from '#kata/13-fix-the-lock/spin-lock.ts';
import { total, transfer, type Bank } from '#kata/13-fix-the-lock/transfer.ts';
import { withdraw } from '#kata/13-fix-the-lock/withdraw.ts';

interface Counting {
  lock: Int32Array;
  count: Int32Array;
}

interface Withdrawing {
  lock: Int32Array;
  money: Int32Array;
}

interface Banking {
  locks: Int32Array;
  money: Int32Array;
}

export function incrementSpinning({ lock, count }: Counting, times: number): void {
  increment(new SpinLock(lock), count, times);
}

export function incrementSleeping({ lock, count }: Counting, times: number): void {
  increment(new FutexLock(lock), count, times);
}

function increment(lock: { lock(): void; unlock(): void }, count: Int32Array, times: number): void {
  for (let done = 0; done < times; done++) {
    lock.lock();
    count[0]!++;
    lock.unlock();
  }
}

interface Keeping {
  lock: Int32Array;
  gate: Int32Array;
}

export function keepSpinning({ lock, gate }: Keeping): void {
  keep(new SpinLock(lock), gate);
}

export function keepSleeping({ lock, gate }: Keeping): void {
  keep(new FutexLock(lock), gate);
}

/** As {@link keepSleeping}, but it has released the lock once before. */
export function keepSleepingAgain({ lock, gate }: Keeping): void {
  const own = new FutexLock(lock);
  own.lock();
  own.unlock();
  keep(own, gate);
}

/** Acquires the lock and sleeps forever: nobody wakes the gate. */
function keep(own: { lock(): void }, gate: Int32Array): void {
  own.lock();
  Atomics.wait(gate, 0, 0);
}

/** @returns what is left, or the error as text */
export function withdrawSome(memory: Withdrawing, amount: number): number | string {
  return withdrawEach(memory, amount)[0]!;
}

/** @returns what is left after each withdrawal, or its error as text */
export function withdrawEach({ lock, money }: Withdrawing, ...amounts: number[]): (number | string)[] {
  const mutex = new Mutex(lock);
  return amounts.map((amount) => {
    try {
      return withdraw(mutex, money, amount);
    } catch (error) {
      return error instanceof RangeError ? 'RangeError' : String(error);
    }
  });
}

export function transferSome({ locks, money }: Banking, from: number, to: number, amount: number): void {
  transfer(bank(locks, money), from, to, amount);
}

/** Moves more than the account holds. A transfer may refuse that by a RangeError. */
export function transferTooMuch({ locks, money }: Banking, from: number, to: number, amount: number): void {
  try {
    transfer(bank(locks, money), from, to, amount);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

/** Moves the amount there, back, and there again. */
export function transferThrice({ locks, money }: Banking, from: number, to: number, amount: number): void {
  const accounts = bank(locks, money);
  transfer(accounts, from, to, amount);
  transfer(accounts, to, from, amount);
  transfer(accounts, from, to, amount);
}

export function audit({ locks, money }: Banking): number {
  return total(bank(locks, money));
}

/** Holds the lock of one account. @returns its balance, read twice meanwhile */
export function watch({ locks, money }: Banking, account: number): string {
  const { locks: mutexes } = bank(locks, money);
  mutexes[account]!.lock();
  const seen = [money[account], money[account]];
  mutexes[account]!.unlock();
  return seen.join(' and ');
}

function bank(locks: Int32Array, balances: Int32Array): Bank {
  return { locks: Array.from({ length: balances.length }, (_, account) => new Mutex(locks, account)), balances };
}
