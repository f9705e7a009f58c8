import type { Account } from './account.ts';

/** Adds `amount` to the balance. Two of these at once can lose one: task 1. */
export async function deposit(account: Account, amount: number): Promise<void> {
  const balance = await account.read();
  await account.write(balance + amount);
}
