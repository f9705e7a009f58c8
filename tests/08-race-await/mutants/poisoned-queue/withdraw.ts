import type { Account } from './account.ts';

const queues = new WeakMap<Account, Promise<unknown>>();

export function withdraw(account: Account, amount: number): Promise<boolean> {
  const mine = (queues.get(account) ?? Promise.resolve()).then(async () => {
    const balance = await account.read();
    if (balance < amount) return false;
    await account.write(balance - amount);
    return true;
  });
  queues.set(account, mine);
  return mine;
}
