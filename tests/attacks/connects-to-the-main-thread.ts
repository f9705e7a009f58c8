// Exercise: 08
// File: withdraw.ts
// Task: 2
// Class: breaks out of the explorer
// Attack: Connects an inspector session to the thread that judges its schedules.
// Verdict: lost update or failed
// With namespaces: stopped
// Without namespaces: stopped

import type { Account } from './account.ts';
import { Session } from 'node:inspector';

let reached = false;
try {
  const session = new Session();
  session.connectToMainThread();
  session.post('Runtime.evaluate', { expression: '1 + 1' }, (error) => (reached ||= error === null));
  reached ||= true;
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
