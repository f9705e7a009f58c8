/**
 * Releases the lock that its caller holds. Calling it again has no effect.
 * It is also a resource: `using` and `await using` release the lock at the end of the block.
 */
export interface Release extends Disposable, AsyncDisposable {
  (): void;
}

export interface AcquireOptions {
  /** Cancels the wait for the lock when it is aborted. */
  signal?: AbortSignal;
}

/** A lock for async code. One task at a time holds it, and waiting tasks get it in the order in which they asked. */
export class Mutex {
  #locked = false;
  /**
   * One function for each waiting task, in the order in which they asked. Calling it hands the lock to that task.
   * A Set, because a cancelled task leaves from the middle.
   */
  readonly #queue = new Set<() => void>();

  /**
   * Task 1, and task 3 with a signal: waits until no other task holds the lock, then takes it.
   * @param options a signal that cancels the wait; aborting it later has no effect
   * @returns a promise for the function that releases the lock
   * @throws the signal's reason (as a rejection), if it is aborted before the lock is taken
   */
  async acquire({ signal }: AcquireOptions = {}): Promise<Release> {
    signal?.throwIfAborted();
    if (this.#locked) await this.#waitForTurn(signal);
    else this.#locked = true;
    return this.#createRelease();
  }

  /**
   * Task 1.
   * @returns whether a task holds the lock
   */
  isLocked(): boolean {
    return this.#locked;
  }

  /**
   * Task 2, and task 3 with a signal: runs `task` while holding the lock, and releases it however the task ends.
   * @param options a signal that cancels the wait for the lock
   * @returns a promise for what the task returns
   * @throws what the task throws (as a rejection), or the signal's reason if the wait is cancelled
   */
  async runExclusive<T>(task: () => T | Promise<T>, options?: AcquireOptions): Promise<T> {
    const release = await this.acquire(options);
    try {
      return await task();
    } finally {
      release();
    }
  }

  /** Waits until the lock is handed over. `grant` and `cancel` exclude each other: the first one disables the other. */
  #waitForTurn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const grant = () => {
        signal?.removeEventListener('abort', cancel);
        resolve();
      };
      const cancel = () => {
        this.#queue.delete(grant);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#queue.add(grant);
    });
  }

  #createRelease(): Release {
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      const [next] = this.#queue;
      // The lock stays locked while it is handed over, so that no new task can overtake the one that waits.
      if (next === undefined) this.#locked = false;
      else {
        this.#queue.delete(next);
        next();
      }
    };
    return Object.assign(release, {
      [Symbol.dispose]: release,
      [Symbol.asyncDispose]: () => Promise.resolve(release()),
    });
  }
}
