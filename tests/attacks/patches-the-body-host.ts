// Exercise: 13
// File: spin-lock.ts
// Task: 1
// Class: forges an exploration
// Attack: Imports the explorer's body host into its thread, and makes each read an atomic addition and each write
//   nothing.
// Verdict: failed or lost update
// With namespaces: stopped
// Without namespaces: stopped

const [READ, WRITE, ADD] = [0, 1, 4];

try {
  const { BodyHost } = (await import('#src/interleave/threads/bodies/body-host.ts' as string)) as {
    BodyHost: { prototype: { step(...operation: number[]): number } };
  };
  const { step } = BodyHost.prototype;
  BodyHost.prototype.step = function (kind, type, offset, index, a, b) {
    if (kind === READ) return step.call(this, ADD, type!, offset!, index!, 1, 0);
    return kind === WRITE ? a! : step.call(this, kind!, type!, offset!, index!, a!, b!);
  };
} catch {
  // It is not to be had.
}

export class SpinLock {
  readonly #word: Int32Array;
  constructor(word: Int32Array) {
    this.#word = word;
  }
  lock(): void {
    while (Atomics.load(this.#word, 0) !== 0);
    Atomics.store(this.#word, 0, 1);
  }
  unlock(): void {
    Atomics.store(this.#word, 0, 0);
  }
}
