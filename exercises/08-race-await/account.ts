import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A bank account behind a network. Each call sends a request and gets an answer later.
 * The bank handles requests one at a time, and may handle other callers' requests in between.
 */
export interface Account {
  /** @returns the balance at the moment when the bank handles the request */
  read(): Promise<number>;
  /** Sets the balance, whatever it was before. */
  write(balance: number): Promise<void>;
  /**
   * Sets the balance only if it is still `expected`. The bank compares and sets in one atomic operation.
   * @returns `true` if the balance was `expected` and has been set, `false` if nothing was changed
   */
  writeIf(expected: number, balance: number): Promise<boolean>;
}

/**
 * Opens an account in the memory of this process, with answers as slow as a network's.
 * @param balance the initial balance
 * @param maxDelay the longest delay of an answer, in milliseconds; each delay is random
 */
export function openAccount(balance: number, maxDelay = 5): Account {
  const delay = () => sleep(Math.random() * maxDelay);
  return {
    async read() {
      await delay();
      return balance;
    },
    async write(next) {
      await delay();
      balance = next;
    },
    async writeIf(expected, next) {
      await delay();
      if (balance !== expected) return false;
      balance = next;
      return true;
    },
  };
}
