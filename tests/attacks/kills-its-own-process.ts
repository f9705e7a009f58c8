// Exercise: 06
// File: thread-pool.ts
// Task: 1
// Class: ends a process
// Attack: Kills its own process with SIGKILL.
// Verdict: crash
// With namespaces: stopped
// Without namespaces: stopped

export class ThreadPool {
  constructor() {
    process.kill(process.pid, 'SIGKILL');
  }
}
