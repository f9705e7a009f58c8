/** No thread holds the lock. */
const FREE = 0;
/** A thread holds it and no other one waits: unlocking needs no notify. */
const HELD = 1;
/** A thread holds it and others may be asleep: unlocking wakes one of them. */
const CONTENDED = 2;

/**
 * A mutex in one word of shared memory: at most one thread holds it, and the others sleep until it is released. It is
 * the three-state futex mutex of Ulrich Drepper, "Futexes Are Tricky" (2005). It is not recursive: a thread that locks
 * twice waits for itself forever. Each thread makes its own Mutex over the same word.
 */
export class Mutex {
  readonly #word: Int32Array;
  readonly #index: number;

  /**
   * @param word shared memory
   * @param index the element of `word` that is the lock: 0 before the first use, and the only one that changes
   */
  constructor(word: Int32Array, index = 0) {
    this.#word = word;
    this.#index = index;
  }

  /**
   * Acquires the lock; sleeps while another thread holds it.
   * @returns a handle; disposing of it releases the lock, once
   */
  lock(): Disposable {
    if (!this.tryLock()) {
      // A thread that had to wait can't know whether others still sleep, so it takes the lock as CONTENDED: a needless
      // notify is better than a forgotten sleeper.
      while (Atomics.exchange(this.#word, this.#index, CONTENDED) !== FREE)
        Atomics.wait(this.#word, this.#index, CONTENDED);
    }
    return new Held(this);
  }

  /**
   * Acquires the lock if it is free. It never waits.
   * @returns whether the caller now holds the lock
   */
  tryLock(): boolean {
    return Atomics.compareExchange(this.#word, this.#index, FREE, HELD) === FREE;
  }

  /**
   * Releases the lock, and wakes one thread if any may be asleep.
   * @throws {Error} if the lock is free; it stays free
   */
  unlock(): void {
    const before = Atomics.exchange(this.#word, this.#index, FREE);
    if (before === FREE) throw new Error('Cannot unlock the mutex: no thread holds it');
    if (before === CONTENDED) Atomics.notify(this.#word, this.#index, 1);
  }

  /**
   * Runs `fn` with the lock held, and releases the lock whether `fn` returns or throws.
   * @returns what `fn` returns
   * @throws what `fn` throws
   */
  withLock<T>(fn: () => T): T {
    const held = this.lock();
    try {
      return fn();
    } finally {
      held[Symbol.dispose]();
    }
  }
}

/**
 * A lock that is held and can be released once. It is a class because an object literal with a computed method costs
 * more than ten times as much to make.
 */
class Held implements Disposable {
  #mutex: Mutex | undefined;

  constructor(mutex: Mutex) {
    this.#mutex = mutex;
  }

  [Symbol.dispose](): void {
    const mutex = this.#mutex;
    this.#mutex = undefined;
    mutex?.unlock();
  }
}
