/**
 * A lock that waits in a loop and keeps its processor busy all the while. Use it for critical sections of a few steps,
 * and where each thread has its own processor.
 */
export class SpinLock {
  readonly #word: Int32Array;

  /** @param word shared memory; `word[0]` is the lock: 0 free, 1 held */
  constructor(word: Int32Array) {
    this.#word = word;
  }

  /** Acquires the lock; tries again and again while another thread holds it. */
  lock(): void {
    // Seeing that the lock is free and taking it must be one step.
    while (Atomics.compareExchange(this.#word, 0, 0, 1) !== 0);
  }

  /** Releases the lock. */
  unlock(): void {
    Atomics.store(this.#word, 0, 0);
  }
}
