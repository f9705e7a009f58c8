/** Releases the lock. Calling it again has no effect. */
export interface Release extends Disposable, AsyncDisposable {
  (): void;
}

export interface AcquireOptions {
  signal?: AbortSignal;
}

interface Waiter {
  resolve: (release: Release) => void;
  reject: (reason: unknown) => void;
  signal: AbortSignal | undefined;
  onAbort: () => void;
}

export class Mutex {
  holder: symbol | null = null;
  waiters: Waiter[] = [];

  acquire(options: AcquireOptions = {}): Promise<Release> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return void reject(signal.reason);
      const waiter: Waiter = { resolve, reject, signal, onAbort: () => this.drop(waiter) };
      if (this.holder === null) return void this.grant(waiter);
      signal?.addEventListener('abort', waiter.onAbort);
      this.waiters.push(waiter);
    });
  }

  isLocked(): boolean {
    return this.holder !== null;
  }

  async runExclusive<T>(task: () => T | Promise<T>, options: AcquireOptions = {}): Promise<T> {
    const release = await this.acquire(options);
    let result: T;
    try {
      result = await task();
    } catch (error) {
      release();
      throw error;
    }
    release();
    return result;
  }

  private grant(waiter: Waiter): void {
    const ticket = Symbol('ticket');
    this.holder = ticket;
    waiter.signal?.removeEventListener('abort', waiter.onAbort);
    const release = (): void => {
      if (this.holder !== ticket) return;
      this.holder = null;
      const next = this.waiters.shift();
      if (next) this.grant(next);
    };
    waiter.resolve(
      Object.assign(release, {
        [Symbol.dispose]: release,
        async [Symbol.asyncDispose]() {
          release();
        },
      }),
    );
  }

  private drop(waiter: Waiter): void {
    this.waiters = this.waiters.filter((each) => each !== waiter);
    waiter.signal?.removeEventListener('abort', waiter.onAbort);
    waiter.reject(waiter.signal?.reason);
  }
}
