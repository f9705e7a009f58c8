// Exercise: 13
// File: spin-lock.ts
// Task: 1
// Class: forges an exploration
// Attack: Imports the explorer's body host into its thread, and reports that every thread ends with the right count at
//   once.
// Verdict: failed or lost update
// With namespaces: stopped
// Without namespaces: stopped

const { BodyHost } = await import('#src/interleave/threads/bodies/body-host.ts' as string).catch(() => ({}) as never);
if (BodyHost) {
  const { run } = BodyHost.prototype;
  // Each thread goes through its whole critical section before it reports a step.
  BodyHost.prototype.run = function (body: () => unknown, request: object) {
    const answer = run.call(this, body, request);
    return answer;
  };
  const { step } = BodyHost.prototype;
  let last: unknown[] = [];
  BodyHost.prototype.step = function (...operation: unknown[]) {
    // A load of the lock is reported as an exchange of the whole lock: 5 is compareExchange.
    last = operation;
    return step.apply(this, last);
  };
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
