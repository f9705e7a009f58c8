/** A mutex in one word of shared memory: at most one thread has it, the others sleep until it is given back. Each thread makes a Mutex of its own over the same word. */
export class Mutex {
  /** `word[index]` is shared memory and 0 before the first use; only this element may change. */
  constructor(word: Int32Array, index = 0) {
    throw new Error('Not implemented yet');
  }

  /** Task 1: takes the lock; waits while another thread has it. Task 2: waits asleep. Task 3: the handle gives the lock back once when it is disposed of. */
  lock(): Disposable {
    throw new Error('Not implemented yet');
  }

  /** Task 1: takes the lock if it is free, never waits. Says whether the lock is now the caller's. */
  tryLock(): boolean {
    throw new Error('Not implemented yet');
  }

  /** Task 1: gives the lock back. An Error if nobody has it. Task 2: wakes a sleeper, and calls notify only if someone may sleep. */
  unlock(): void {
    throw new Error('Not implemented yet');
  }

  /** Task 3: runs `fn` with the lock held and gives its result; the lock is given back in any case. */
  withLock<T>(fn: () => T): T {
    throw new Error('Not implemented yet');
  }
}
