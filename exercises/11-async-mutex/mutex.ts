import { NotImplementedError } from '#shared/not-implemented.ts';

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
  /**
   * Task 1, and task 3 with a signal: waits until no other task holds the lock, then takes it.
   * @param options a signal that cancels the wait; aborting it later has no effect
   * @returns a promise for the function that releases the lock
   * @throws the signal's reason (as a rejection), if it is aborted before the lock is taken
   */
  acquire(options: AcquireOptions = {}): Promise<Release> {
    throw new NotImplementedError();
  }

  /**
   * Task 1.
   * @returns whether a task holds the lock
   */
  isLocked(): boolean {
    throw new NotImplementedError();
  }

  /**
   * Task 2, and task 3 with a signal: runs `task` while holding the lock, and releases it however the task ends.
   * @param options a signal that cancels the wait for the lock
   * @returns a promise for what the task returns
   * @throws what the task throws (as a rejection), or the signal's reason if the wait is cancelled
   */
  runExclusive<T>(task: () => T | Promise<T>, options: AcquireOptions = {}): Promise<T> {
    throw new NotImplementedError();
  }
}
