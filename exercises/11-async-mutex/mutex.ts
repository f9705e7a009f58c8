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
  /** Task 1 (and 3: with a signal). The promise gives the release when it is this caller's turn. */
  acquire(waiting: Waiting = {}): Promise<Release> {
    throw new Error('Not implemented yet');
  }

  /** Task 1. Whether somebody holds the lock. */
  isLocked(): boolean {
    throw new Error('Not implemented yet');
  }

  /** Task 2 (and 3: with a signal). Runs `task` while holding the lock, and gives what it gives. */
  runExclusive<T>(task: () => T | Promise<T>, waiting: Waiting = {}): Promise<T> {
    throw new Error('Not implemented yet');
  }
}
