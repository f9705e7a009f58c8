/** Task 1: a lock that waits in a loop. Two threads can acquire it at the same time. */
export class SpinLock {
  readonly #word: Int32Array;

  /** @param word shared memory; `word[0]` is the lock: 0 free, 1 held */
  constructor(word: Int32Array) {
    this.#word = word;
  }

  /** Acquires the lock; tries again and again while another thread holds it. */
  lock(): void {
    while (Atomics.load(this.#word, 0) !== 0);
    Atomics.store(this.#word, 0, 1);
  }

  /** Releases the lock. */
  unlock(): void {
    Atomics.store(this.#word, 0, 0);
  }
}
