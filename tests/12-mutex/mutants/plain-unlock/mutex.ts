/** Nobody has the lock. */
const FREE = 0;
/** Somebody has it, and nobody waits: unlocking needs to wake no one. */
const HELD = 1;
/** Somebody has it, and others may sleep: unlocking wakes one of them. */
const CONTENDED = 2;

/**
 * A mutex in one word of shared memory: at most one thread has it, the others sleep until it is given back. It is the futex mutex
 * of Ulrich Drepper, "Futexes Are Tricky" (2005), with three states. Not recursive: a thread that locks twice waits for itself for ever.
 */
export class Mutex {
  readonly #word: Int32Array;
  readonly #index: number;

  /**
   * Each thread makes a Mutex of its own over the same word.
   * @param word shared memory; the element must be 0 before the first use
   * @param index which element of it
   */
  constructor(word: Int32Array, index = 0) {
    this.#word = word;
    this.#index = index;
  }

  /**
   * Takes the lock; sleeps while another thread has it.
   * @returns a handle that gives the lock back once when it is disposed of
   */
  lock(): Disposable {
    if (!this.tryLock()) {
      // Whoever had to wait can't know who else still sleeps, so it takes the lock as CONTENDED: better one notify too many than a sleeper forgotten.
      while (Atomics.exchange(this.#word, this.#index, CONTENDED) !== FREE)
        Atomics.wait(this.#word, this.#index, CONTENDED);
    }
    return new Held(this);
  }

  /** @returns whether the lock was free and is now the caller's; never waits */
  tryLock(): boolean {
    return Atomics.compareExchange(this.#word, this.#index, FREE, HELD) === FREE;
  }

  /**
   * Gives the lock back and wakes one thread if some may sleep.
   * @throws {Error} if the lock is free; it stays free
   */
  unlock(): void {
    const before = this.#word[this.#index];
    this.#word[this.#index] = FREE;
    if (before === FREE) throw new Error('unlock() of a mutex that nobody has locked');
    if (before === CONTENDED) Atomics.notify(this.#word, this.#index, 1);
  }

  /**
   * Runs `fn` with the lock held: lock, work, unlock, also when `fn` throws.
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

/** A mutex that is held, to be given back once. A class, since an object literal with a computed method costs ten times as much to make. */
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
