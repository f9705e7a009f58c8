// Exercise: 13
// File: spin-lock.ts
// Task: 1
// Class: breaks out of the explorer
// Attack: Loads native code with process.dlopen and process.binding in an explored thread.
// Verdict: lost update or failed
// With namespaces: stopped
// Without namespaces: stopped

let reached = false;
for (const attempt of [
  () => (process as unknown as { binding(name: string): object }).binding('spawn_sync'),
  () => process.dlopen({ exports: {} }, '/lib/x86_64-linux-gnu/libc.so.6'),
])
  try {
    attempt();
    reached = true;
  } catch (error) {
    // "Module did not self-register" comes only once it was loaded.
    reached ||= String(error).includes('self-register');
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
