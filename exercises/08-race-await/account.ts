import { setTimeout as sleep } from 'node:timers/promises';

/** A bank account behind a network: each call is a message there and an answer back, and other calls are answered in between. */
export interface Account {
  /** @returns the balance at the moment when the bank handled the call */
  read(): Promise<number>;
  /** Sets the balance, whatever it was. */
  write(balance: number): Promise<void>;
  /**
   * Sets the balance if it is still `expected`, and leaves it alone if not. The bank looks and writes in one go.
   * @returns whether it was, and so has been set
   */
  writeIf(expected: number, balance: number): Promise<boolean>;
}

/**
 * Opens an account in this process's memory.
 * @param balance to begin with
 * @param delay milliseconds until an answer arrives, at random up to so many
 */
export function openAccount(balance: number, delay = 5): Account {
  const answer = () => sleep(Math.random() * delay);
  return {
    async read() {
      await answer();
      return balance;
    },
    async write(next) {
      await answer();
      balance = next;
    },
    async writeIf(expected, next) {
      await answer();
      if (balance !== expected) return false;
      balance = next;
      return true;
    },
  };
}
