/** No thread holds the lock. */
const FREE = 0;
/** A thread holds it and no other one waits. */
const HELD = 1;
/** A thread holds it and others may be asleep. */
const CONTENDED = 2;

/**
 * Task 2: a lock that sleeps, and that calls notify only if a thread may be asleep. With three threads, one of them can
 * sleep forever.
 */
export class FutexLock {
  readonly #word: Int32Array;

  /** @param word shared memory; `word[0]` is the lock, FREE at first */
  constructor(word: Int32Array) {
    this.#word = word;
  }

  /** Acquires the lock; sleeps while another thread holds it. */
  lock(): void {
    while (Atomics.compareExchange(this.#word, 0, FREE, HELD) !== FREE) {
      // Records that a thread sleeps, unless the lock has become free meanwhile. Then it tries again.
      if (Atomics.compareExchange(this.#word, 0, HELD, CONTENDED) !== FREE) Atomics.wait(this.#word, 0, CONTENDED);
    }
  }

  /** Releases the lock, and wakes one thread if any may be asleep. */
  unlock(): void {
    if (Atomics.exchange(this.#word, 0, FREE) === CONTENDED) Atomics.notify(this.#word, 0, 1);
  }
}
