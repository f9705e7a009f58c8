// Exercise: 13
// File: spin-lock.ts
// Task: 1
// Class: breaks out of the explorer
// Attack: Connects an inspector session to the main thread from a Worker that it starts itself, without flags.
// Verdict: lost update or failed
// With namespaces: stopped
// Without namespaces: stopped

import { Worker } from 'node:worker_threads';

const done = new Int32Array(new SharedArrayBuffer(4));
const program = `
  const { workerData } = require('node:worker_threads');
  try {
    const session = new (require('node:inspector').Session)();
    session.connectToMainThread();
    Atomics.store(workerData, 0, 1);
  } catch {}
`;
let reached = false;
try {
  new Worker(program, { eval: true, workerData: done, execArgv: [] });
  await new Promise((resolve) => setTimeout(resolve, 500));
  reached = done[0] === 1;
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
