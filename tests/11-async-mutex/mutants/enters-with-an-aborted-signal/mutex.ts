/** Gives the lock back: call it, once. Calling it again does nothing. As a resource it is released at the end of a block. */
export interface Release extends Disposable, AsyncDisposable {
  (): void;
}

/** For waiting that can be called off. */
export interface Waiting {
  signal?: AbortSignal;
}

/** A lock for async code: between acquire and release, no one else holds it. Who asks first gets it first. */
export class Mutex {
  #locked = false;
  /** Those who wait, in the order in which they asked; each is called when the lock is handed to it. A Set: leaving the queue from the middle is cheap. */
  readonly #queue = new Set<() => void>();

  /**
   * @param waiting its signal calls the waiting off; once the lock is held it has no effect
   * @returns the release, when it is this caller's turn
   * @throws the signal's reason, when it is aborted before that
   */
  async acquire({ signal }: Waiting = {}): Promise<Release> {
    if (this.#locked) {
      signal?.throwIfAborted();
      await this.#turn(signal);
    } else this.#locked = true;
    return this.#release();
  }

  /** @returns whether somebody holds the lock; between two holders it stays locked */
  isLocked(): boolean {
    return this.#locked;
  }

  /**
   * Runs `task` while holding the lock, and releases it however the task ends.
   * @returns what the task gives
   * @throws what the task throws, or the signal's reason when the waiting is called off
   */
  async runExclusive<T>(task: () => T | Promise<T>, waiting?: Waiting): Promise<T> {
    const release = await this.acquire(waiting);
    try {
      return await task();
    } finally {
      release();
    }
  }

  /** Waits to be handed the lock. Being called and being called off exclude each other: whichever comes first undoes the other. */
  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#queue.delete(enter);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#queue.add(enter);
    });
  }

  #release(): Release {
    let held = true;
    const release = () => {
      if (!held) return;
      held = false;
      const [next] = this.#queue;
      // Handed over while it is still locked, so that nobody who comes now can get in before the one who waits.
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
