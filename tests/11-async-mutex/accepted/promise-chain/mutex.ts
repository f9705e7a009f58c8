/** Releases the lock. Calling it again has no effect. */
export interface Release extends Disposable, AsyncDisposable {
  (): void;
}

export interface AcquireOptions {
  signal?: AbortSignal;
}

export class Mutex {
  private tail: Promise<void> = Promise.resolve();
  private holders = 0;

  acquire(options?: AcquireOptions): Promise<Release> {
    const signal = options?.signal;
    if (signal?.aborted) return Promise.reject(signal.reason);
    const before = this.tail;
    let pass!: () => void;
    const mine = new Promise<void>((resolve) => {
      pass = resolve;
    });
    this.tail = before.then(() => mine);
    this.holders++;
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      this.holders--;
      pass();
    };
    return new Promise<Release>((resolve, reject) => {
      let calledOff = false;
      const onAbort = () => {
        calledOff = true;
        leave();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort);
      void before.then(() => {
        signal?.removeEventListener('abort', onAbort);
        if (calledOff) return;
        const release = (() => leave()) as Release;
        release[Symbol.dispose] = leave;
        release[Symbol.asyncDispose] = async () => leave();
        resolve(release);
      });
    });
  }

  isLocked() {
    return this.holders > 0;
  }

  runExclusive<T>(task: () => T | Promise<T>, options?: AcquireOptions): Promise<T> {
    return this.acquire(options).then((release) => Promise.resolve().then(task).finally(release));
  }
}
