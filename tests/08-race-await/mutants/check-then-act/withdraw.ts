import type { Account } from './account.ts';

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  const balance = await account.read();
  if (balance < amount) return false;
  await account.write(balance - amount);
  return true;
}
