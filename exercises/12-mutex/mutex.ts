import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * A mutex in one word of shared memory: at most one thread holds it, and the others sleep until it is released.
 * Each thread makes its own Mutex over the same word.
 */
export class Mutex {
  /**
   * @param word shared memory
   * @param index the element of `word` that is the lock: 0 before the first use, and the only one that may change
   */
  constructor(word: Int32Array, index = 0) {
    throw new NotImplementedError();
  }

  /**
   * Task 1: acquires the lock; waits while another thread holds it.
   * Task 2: waits asleep.
   * @returns task 3: a handle; disposing of it releases the lock, once
   */
  lock(): Disposable {
    throw new NotImplementedError();
  }

  /**
   * Task 1: acquires the lock if it is free. It never waits.
   * @returns whether the caller now holds the lock
   */
  tryLock(): boolean {
    throw new NotImplementedError();
  }

  /**
   * Task 1: releases the lock.
   * Task 2: wakes a sleeping thread, and calls notify only if one may be asleep.
   * @throws {Error} if the lock is free; it stays free
   */
  unlock(): void {
    throw new NotImplementedError();
  }

  /**
   * Task 3: runs `fn` with the lock held, and releases the lock whether `fn` returns or throws.
   * @returns what `fn` returns
   * @throws what `fn` throws
   */
  withLock<T>(fn: () => T): T {
    throw new NotImplementedError();
  }
}
