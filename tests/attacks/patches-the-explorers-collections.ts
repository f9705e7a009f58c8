// Exercise: 08
// File: withdraw.ts
// Task: 2
// Class: forges an exploration
// Attack: Patches the collections that the explorer's own code uses in the explored thread.
// Verdict: failed or lost update
// With namespaces: stopped
// Without namespaces: stopped

import type { Account } from './account.ts';

const { push } = Array.prototype;
Array.prototype.push = function (...items: { failure?: unknown }[]) {
  for (const each of items)
    if (each !== null && typeof each === 'object' && 'failure' in each) each.failure = undefined;
  return push.apply(this, items);
} as never;
Object.defineProperty(Object.prototype, 'failure', { get: () => undefined, set: () => undefined, configurable: true });

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  const balance = await account.read();
  if (balance < amount) return false;
  await account.write(balance - amount);
  return true;
}
