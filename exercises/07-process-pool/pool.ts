/** What both pools promise: items go in, results come out, and the caller never sees a thread or a process. */
export interface Pool<Item, Result> extends AsyncDisposable {
  /**
   * @param item goes to the task as a structured clone
   * @returns what the task returned for the item
   * @throws what the task threw, with its name, message, code and cause; an Error that tells how the Worker ended, if it did;
   * `signal.reason` after an abort; PoolClosedError once the pool takes nothing more
   */
  run(item: Item, options?: RunOptions): Promise<Result>;

  /**
   * @param items read when the call is made
   * @returns the results in the order of the items
   * @throws {ItemError} for the first failure in time; no further item of the call is handed out after it.
   * After an abort `signal.reason`, once the pool takes nothing more PoolClosedError
   */
  map(items: readonly Item[], options?: MapOptions): Promise<Result[]>;

  /** Takes nothing more, waits for all that it took, then ends every Worker. Resolves when the last one is gone; may be called again. */
  close(): Promise<void>;

  /** Takes nothing more, rejects all that is queued or running with PoolClosedError and ends every Worker now. Resolves when the last one is gone; may be called again. */
  destroy(): Promise<void>;
}

/** `new ThreadPool(taskModule, size, options)`: the module's default export is the task, `(item) => result`, async or not. */
export interface PoolOptions {
  /** Heap that one Worker may use, in MiB. Without it, Node's own limit. */
  heapLimitMb?: number;
}

export interface RunOptions {
  /** Aborting rejects the call with `signal.reason`; queued items never start, Workers that run an item of the call are ended and replaced. */
  signal?: AbortSignal;
}

export interface MapOptions extends RunOptions {
  /** Items handed to a Worker at a time, a whole number from 1; 1 without it. */
  chunkSize?: number;
}

/** What `map` rejects with: which item failed, and why. */
export class ItemError extends Error {
  override name = 'ItemError';
  /** The item's place in the array given to `map`, from 0. */
  readonly index: number;

  /**
   * @param index the item's place in the array, from 0
   * @param cause what `run` would have rejected with for that item; anything, as a task may throw anything
   */
  constructor(index: number, cause: unknown) {
    super(`item ${index}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.index = index;
  }
}

/** What calls reject with once `close()` or `destroy()` was called. */
export class PoolClosedError extends Error {
  override name = 'PoolClosedError';

  /** @param sentence what was refused, and why */
  constructor(sentence = 'The pool is closed and takes no more items') {
    super(sentence);
  }
}
