/** Gives the lock back: call it, once. Calling it again does nothing. As a resource it is released at the end of a block. */
export interface Release extends Disposable, AsyncDisposable {
  (): void;
}

/** For waiting that can be called off. */
export interface Waiting {
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

  async acquire(waiting?: Waiting): Promise<Release> {
    const signal = waiting?.signal;
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

  runExclusive = async <T>(task: () => T | Promise<T>, waiting?: Waiting): Promise<T> => {
    const release = await this.acquire(waiting);
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
