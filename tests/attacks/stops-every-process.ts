// Exercise: 10
// File: schedules.ts
// Task: 3
// Class: attacks the judge
// Attack: Sends SIGSTOP to every process in /proc that it may signal.
// Verdict: crash or failed or timeout
// With namespaces: stopped
// Without namespaces: wins

import { readdirSync } from 'node:fs';

for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each)))
  if (Number(name) !== process.pid)
    try {
      process.kill(Number(name), 'SIGSTOP');
    } catch {
      // It belongs to somebody else.
    }

export const losesUpdate = () => 'AAABBB';
export const tornRead = () => 'AAAB';
export const losesDespiteReplace = () => 'AAAABBBB';
