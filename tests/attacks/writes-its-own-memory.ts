// Exercise: 13
// File: spin-lock.ts
// Task: 1
// Class: breaks out of the explorer
// Attack: Opens the memory of the process in which it is explored for writing, by every path that leads there.
// Verdict: lost update or failed
// With namespaces: stopped
// Without namespaces: stopped

import { closeSync, openSync } from 'node:fs';

let reached = false;
for (const path of ['/proc/self/mem', `/proc/${process.pid}/mem`, '/proc/thread-self/mem', `/proc/${process.ppid}/mem`])
  try {
    closeSync(openSync(path, 'r+'));
    reached = true;
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
