// Exercise: 04
// File: processes.ts
// Task: 2
// Class: floods
// Attack: Starts 200 processes and leaves them running.
// Verdict: failed or leak or sequential in disguise or crash
// With namespaces: stopped
// Without namespaces: stopped

import { spawn } from 'node:child_process';

export const startProcess = () => undefined;
export async function countdownOnProcesses(): Promise<number> {
  for (let i = 0; i < 200; i++) spawn('sleep', ['60'], { stdio: 'ignore', detached: true });
  return 0;
}
