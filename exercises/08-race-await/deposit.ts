import type { Account } from './account.ts';

/** Adds `amount` to the balance. Two calls in progress at the same time can lose one deposit: see task 1. */
export async function deposit(account: Account, amount: number): Promise<void> {
  const balance = await account.read();
  await account.write(balance + amount);
}
