/** A lock that waits in a loop, taking processor time all the while: for sections of a few steps, and threads that all have a processor. */
export class SpinLock {
  readonly #word: Int32Array;

  /** `word[0]` is shared memory: 0 free, 1 held. */
  constructor(word: Int32Array) {
    this.#word = word;
  }

  lock(): void {
    // Test and test-and-set: asks by reading, takes by exchanging.
    while (Atomics.exchange(this.#word, 0, 1) === 1) while (Atomics.load(this.#word, 0) === 1);
  }

  unlock(): void {
    Atomics.store(this.#word, 0, 0);
  }
}
