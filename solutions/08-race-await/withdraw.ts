import type { Account } from './account.ts';

/**
 * Takes `amount` from the account if the balance covers it, by optimistic concurrency: what was decided on an old balance is not
 * written, but decided anew. It ends, since a refused write means that somebody else's has succeeded.
 * @returns whether it was taken; when not, the account is as it was
 */
export async function withdraw(account: Account, amount: number): Promise<boolean> {
  for (;;) {
    const balance = await account.read();
    if (balance < amount) return false;
    if (await account.writeIf(balance, balance - amount)) return true;
  }
}
