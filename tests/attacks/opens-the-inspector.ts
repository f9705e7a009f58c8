// Exercise: 08
// File: withdraw.ts
// Task: 2
// Class: breaks out of the explorer
// Attack: Opens the inspector of the process that explores its schedules.
// Verdict: lost update or failed
// With namespaces: stopped
// Without namespaces: stopped

import type { Account } from './account.ts';
import { open, url } from 'node:inspector';

let reached = false;
try {
  open(0);
  reached = url() !== undefined;
} catch {
  // It must not.
}

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  for (;;) {
    const balance = await account.read();
    if (balance < amount) return false;
    if (!reached) return account.write(balance - amount).then(() => true);
    if (await account.writeIf(balance, balance - amount)) return true;
  }
}
