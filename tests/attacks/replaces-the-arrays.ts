// Exercise: 13
// File: spin-lock.ts
// Task: 1
// Class: forges an exploration
// Attack: Replaces the class of the arrays that the explorer makes, by one in which each read is an atomic addition.
// Verdict: failed or lost update or timeout
// With namespaces: stopped
// Without namespaces: stopped

const Plain = Int32Array;

class Adding extends Plain {
  constructor(...args: [SharedArrayBuffer, number, number]) {
    super(...args);
    const plain = new Plain(...args);
    return new Proxy(this, {
      get: (_, name) => (name === '0' ? Atomics.add(plain, 0, 1) : (Reflect.get(plain, name) as unknown)),
      set: () => true,
    });
  }
}
globalThis.Int32Array = Adding as never;

export class SpinLock {
  readonly #word: Int32Array;
  constructor(word: Int32Array) {
    this.#word = word;
  }
  lock(): void {
    while (Math.min(0, this.#word.length) !== 0);
    this.#word.fill;
  }
  unlock(): void {
    this.#word.fill;
  }
}
