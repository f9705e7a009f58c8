/** Releases the lock. Calling it again has no effect. */
export interface Release extends Disposable, AsyncDisposable {
  (): void;
}

export interface AcquireOptions {
  signal?: AbortSignal;
}

class Node {
  next: Node | undefined;
  gone = false;
  readonly signal: AbortSignal | undefined;
  readonly woken: Promise<void>;
  wake!: () => void;
  constructor(signal?: AbortSignal) {
    this.signal = signal;
    this.woken = new Promise((resolve) => (this.wake = resolve));
  }
}

export class Mutex {
  #head: Node | undefined;
  #last: Node | undefined;

  async acquire(options?: AcquireOptions): Promise<Release> {
    const signal = options?.signal;
    if (signal?.aborted) throw signal.reason;
    const node = new Node(signal);
    if (this.#last === undefined) {
      this.#head = node;
      this.#last = node;
    } else {
      this.#last.next = node;
      this.#last = node;
      let abort = (): void => undefined;
      const aborted = new Promise<'aborted'>((resolve) => (abort = () => resolve('aborted')));
      signal?.addEventListener('abort', abort);
      const how = await Promise.race([node.woken, aborted]);
      signal?.removeEventListener('abort', abort);
      if (how === 'aborted') {
        node.gone = true;
        if (this.#head === node) this.#pass(node);
        throw signal?.reason;
      }
    }
    const release = (() => this.#pass(node)) as Release;
    release[Symbol.dispose] = release;
    release[Symbol.asyncDispose] = () => Promise.resolve(release());
    return release;
  }

  isLocked = (): boolean => this.#head !== undefined;

  runExclusive = async <T>(task: () => T | Promise<T>, options?: AcquireOptions): Promise<T> => {
    const release = await this.acquire(options);
    return Promise.resolve()
      .then(task)
      .then(
        (value) => (release(), value),
        (error: unknown) => {
          release();
          throw error;
        },
      );
  };

  #pass(node: Node): void {
    if (this.#head !== node) return;
    do this.#head = this.#head?.next;
    while (this.#head?.gone);
    if (this.#head === undefined) this.#last = undefined;
    else this.#head.wake();
  }
}
