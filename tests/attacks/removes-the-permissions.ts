// Exercise: 08
// File: withdraw.ts
// Task: 2
// Class: breaks out of the explorer
// Attack: Starts a Worker with flags and an environment of its own, to be rid of the permission model.
// Verdict: lost update or failed
// With namespaces: stopped
// Without namespaces: stopped

import type { Account } from './account.ts';
import { Worker } from 'node:worker_threads';

const done = new Int32Array(new SharedArrayBuffer(4));
const program = `
  try {
    require('node:fs').closeSync(require('node:fs').openSync('/proc/self/mem', 'r+'));
    Atomics.store(require('node:worker_threads').workerData, 0, 1);
  } catch {}
`;
let reached = false;
for (const options of [{ execArgv: [] }, { execArgv: [], env: { NODE_OPTIONS: '' } }])
  try {
    new Worker(program, { eval: true, workerData: done, ...options });
  } catch {
    // It must not.
  }
await new Promise((resolve) => setTimeout(resolve, 500));
reached = done[0] === 1;

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  for (;;) {
    const balance = await account.read();
    if (balance < amount) return false;
    if (!reached) return account.write(balance - amount).then(() => true);
    if (await account.writeIf(balance, balance - amount)) return true;
  }
}
