// Exercise: 08
// File: withdraw.ts
// Task: 2
// Class: forges an exploration
// Attack: Turns the explorer's report into a pass on its way through MessagePort.prototype.postMessage.
// Verdict: failed or lost update
// With namespaces: stopped
// Without namespaces: stopped

import { MessagePort } from 'node:worker_threads';
import type { Account } from './account.ts';

const { postMessage } = MessagePort.prototype;
MessagePort.prototype.postMessage = function (this: MessagePort, message: { kind?: string; report?: object }) {
  if (message.kind === 'report' || message.kind === 'failed')
    message = { kind: 'report', report: { ...message.report, verdict: 'pass', failures: 0, reason: 'exhausted' } };
  postMessage.call(this, message);
} as never;

export async function withdraw(account: Account, amount: number): Promise<boolean> {
  const balance = await account.read();
  if (balance < amount) return false;
  await account.write(balance - amount);
  return true;
}
