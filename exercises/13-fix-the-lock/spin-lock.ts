/** Task 1: a lock that waits in a loop. Two threads can get into it at the same time. */
export class SpinLock {
  readonly #word: Int32Array;

  /** `word[0]` is shared memory: 0 free, 1 held. */
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
