// Exercise: 13
// File: spin-lock.ts
// Task: 1
// Class: forges an exploration
// Attack: Takes uncontrolled Atomics from a new context, so that the explorer sees no step.
// Verdict: failed or lost update
// With namespaces: stopped
// Without namespaces: stopped

import { runInNewContext } from 'node:vm';

const hidden = runInNewContext('Atomics') as typeof Atomics;

export class SpinLock {
  readonly #word: Int32Array;
  constructor(word: Int32Array) {
    this.#word = word;
  }
  lock(): void {
    while (hidden.load(this.#word, 0) !== 0);
    hidden.store(this.#word, 0, 1);
  }
  unlock(): void {
    hidden.store(this.#word, 0, 0);
  }
}
