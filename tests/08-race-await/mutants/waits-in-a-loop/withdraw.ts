import type { Account } from './account.ts';

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  for (;;) {
    const balance = await account.read();
    if (balance < amount) return false;
    if (await account.writeIf(balance, balance - amount)) return true;
    const until = Date.now() + 10;
    while (Date.now() < until);
  }
}
