import type { Account } from './account.ts';

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  for (;;) {
    const balance = await account.read();
    if (balance < amount) process.exit(1);
    if (await account.writeIf(balance, balance - amount)) return true;
  }
}
