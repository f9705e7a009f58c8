// Exercise: 04
// File: processes.ts
// Task: 1
// Class: forges a result
// Attack: Sends messages of Vitest's workers over process.send and parentPort.
// Verdict: failed or sequential in disguise or timeout or crash
// With namespaces: stopped
// Without namespaces: stopped

import { parentPort } from 'node:worker_threads';

const forged = { type: 'testfileFinished', __vitest_worker_response__: true, result: 'pass', state: 'passed' };
process.send?.(forged);
parentPort?.postMessage(forged);
(process as unknown as { emit(name: string, message: unknown): void }).emit('message', forged);

export const startProcess = () => ({
  name: 'x',
  pid: 1,
  result: Promise.resolve(0),
  join: async () => ({ code: 0, signal: null }),
});
export const countdownOnProcesses = async () => 0;
