/**
 * A plain mutex that sleeps. It is correct; tasks 3 and 4 use it. It has two states, 0 free and 1 held, and every
 * unlock calls notify, whether a thread sleeps or not. Each thread makes its own Mutex over the same word.
 */
export class Mutex {
  readonly #word: Int32Array;
  readonly #index: number;

  /**
   * @param word shared memory
   * @param index the element of `word` that is the lock: 0 before the first use
   */
  constructor(word: Int32Array, index = 0) {
    this.#word = word;
    this.#index = index;
  }

  /** Acquires the lock; sleeps while another thread holds it. */
  lock(): void {
    while (Atomics.compareExchange(this.#word, this.#index, 0, 1) !== 0) Atomics.wait(this.#word, this.#index, 1);
  }

  /** Releases the lock and wakes one sleeping thread, if there is one. */
  unlock(): void {
    Atomics.store(this.#word, this.#index, 0);
    Atomics.notify(this.#word, this.#index, 1);
  }
}
