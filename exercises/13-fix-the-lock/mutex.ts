/**
 * The plainest mutex that sleeps and is right: two states, 0 free and 1 held, and a notify at every unlock, whether somebody sleeps or not.
 * Tasks 3 and 4 use it; nothing is wrong with it.
 */
export class Mutex {
  readonly #word: Int32Array;
  readonly #index: number;

  /** `word[index]` is shared memory, 0 before the first use. Each thread makes a Mutex of its own over it. */
  constructor(word: Int32Array, index = 0) {
    this.#word = word;
    this.#index = index;
  }

  /** Takes the lock; sleeps while another thread has it. */
  lock(): void {
    while (Atomics.compareExchange(this.#word, this.#index, 0, 1) !== 0) Atomics.wait(this.#word, this.#index, 1);
  }

  /** Gives the lock back and wakes one sleeper. */
  unlock(): void {
    Atomics.store(this.#word, this.#index, 0);
    Atomics.notify(this.#word, this.#index, 1);
  }
}
