import type { Account } from './account.ts';

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  const balance = await account.read();
  return balance >= amount && account.writeIf(balance, balance - amount);
}
