import type { Account } from './account.ts';

/**
 * Task 2: takes `amount` from the account if the balance covers it, however many others do the same at the same time.
 * Says whether it did. Takes nothing when it says no; rejects when the account's answer is an error.
 */
export async function withdraw(account: Account, amount: number): Promise<boolean> {
  throw new Error('Not implemented yet');
}
