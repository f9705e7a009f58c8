import { NotImplementedError } from '#shared/not-implemented.ts';
import type { Account } from './account.ts';

/**
 * Task 2: takes `amount` from the account if the balance covers it, even while other withdrawals are in progress.
 * @returns `true` if the amount was taken; `false` if the balance didn't cover it, and then nothing was taken
 * @throws the account's error, if a call to the account rejects
 */
export async function withdraw(account: Account, amount: number): Promise<boolean> {
  throw new NotImplementedError();
}
