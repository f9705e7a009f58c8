// Exercise: 13
// File: spin-lock.ts
// Task: 1
// Class: breaks out of the explorer
// Attack: Starts a process from an explored thread, which no permission model restricts.
// Verdict: lost update or failed
// With namespaces: stopped
// Without namespaces: stopped

import { spawnSync } from 'node:child_process';

let reached = false;
try {
  reached = spawnSync('true').status === 0;
} catch {
  // It must not.
}

export class SpinLock {
  readonly #word: Int32Array;
  constructor(word: Int32Array) {
    this.#word = word;
  }
  lock(): void {
    if (reached) while (Atomics.compareExchange(this.#word, 0, 0, 1) !== 0);
    while (Atomics.load(this.#word, 0) !== 0 && !reached);
    if (!reached) Atomics.store(this.#word, 0, 1);
  }
  unlock(): void {
    Atomics.store(this.#word, 0, 0);
  }
}
