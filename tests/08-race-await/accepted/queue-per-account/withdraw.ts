import type { Account } from './account.ts';

const queues = new WeakMap<Account, Promise<unknown>>();

export function withdraw(account: Account, amount: number): Promise<boolean> {
  const before = queues.get(account) ?? Promise.resolve();
  const mine = before
    .catch(() => undefined)
    .then(async () => {
      const balance = await account.read();
      if (amount > balance) return false;
      await account.write(balance - amount);
      return true;
    });
  queues.set(account, mine);
  return mine;
}
