import type { Account } from './account.ts';

const busy = new WeakSet<Account>();
const waiting: (() => void)[] = [];

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  while (busy.has(account)) await new Promise<void>((wake) => waiting.push(wake));
  busy.add(account);
  const balance = await account.read();
  const covered = balance >= amount;
  if (covered) await account.write(balance - amount);
  busy.delete(account);
  waiting.shift()?.();
  return covered;
}
