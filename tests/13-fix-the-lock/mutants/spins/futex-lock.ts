const FREE = 0;
const HELD = 1;
/** Held, and others may sleep. */
const CONTENDED = 2;

/** A lock that sleeps, and wakes a sleeper only if there may be one. */
export class FutexLock {
  readonly #word: Int32Array;

  /** `word[0]` is shared memory, FREE at first. */
  constructor(word: Int32Array) {
    this.#word = word;
  }

  lock(): void {
    // Whoever had to wait can't know whether others still sleep: it takes the lock as CONTENDED, so that its unlock wakes the next one.
    let taken = HELD;
    while (Atomics.compareExchange(this.#word, 0, FREE, taken) !== FREE) {
      taken = CONTENDED;
      // Says that somebody sleeps, unless the lock has become free meanwhile; then tries again.
    }
  }

  unlock(): void {
    if (Atomics.exchange(this.#word, 0, FREE) === CONTENDED) Atomics.notify(this.#word, 0, 1);
  }
}
