/** A lock that waits in a loop, taking processor time all the while: for sections of a few steps, and threads that all have a processor. */
export class SpinLock {
  readonly #word: Int32Array;

  /** `word[0]` is shared memory: 0 free, 1 held. */
  constructor(word: Int32Array) {
    this.#word = word;
  }

  lock(): void {
    // To see that it is free and to take it must be one step.
    while (Atomics.compareExchange(this.#word, 0, 0, 1) !== 0);
  }

  unlock(): void {
    this.#word[0] = 0;
  }
}
