import type { Account } from './account.ts';

let busy = false;
const waiting: (() => void)[] = [];

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  while (busy) await new Promise<void>((wake) => waiting.push(wake));
  busy = true;
  try {
    const balance = await account.read();
    const covered = balance >= amount;
    if (covered) await account.write(balance - amount);
    return covered;
  } finally {
    busy = false;
    waiting.shift()?.();
  }
}
