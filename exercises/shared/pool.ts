/** What both pools do: items go in, results come out, and the caller never sees a thread or a process. */
export interface Pool<Item, Result> extends AsyncDisposable {
  /**
   * Runs the task on one item.
   * @param item sent to the task as a copy (a structured clone)
   * @returns what the task returned for the item
   * @throws what the task threw, with its name, message, code and cause
   * @throws {Error} how the Worker ended, if it ended without an answer
   * @throws `signal.reason` after an abort
   * @throws {PoolClosedError} if the pool is closed or destroyed
   */
  run(item: Item, options?: RunOptions): Promise<Result>;

  /**
   * Runs the task on every item.
   * @param items copied when the call is made
   * @returns the results in the order of the items
   * @throws {ItemError} the first failure in time; after it, no further item of the call starts
   * @throws `signal.reason` after an abort
   * @throws {PoolClosedError} if the pool is closed or destroyed
   */
  map(items: readonly Item[], options?: MapOptions): Promise<Result[]>;

  /**
   * Accepts no more calls, finishes those that it has, and ends the Workers. You may call it again.
   * @returns resolves when the last Worker has ended
   */
  close(): Promise<void>;

  /**
   * Accepts no more calls, rejects those that it has with PoolClosedError, and ends the Workers at once. You may call
   * it again, and while `close()` waits.
   * @returns resolves when the last Worker has ended
   */
  destroy(): Promise<void>;
}

/** The third argument of the constructors. */
export interface PoolOptions {
  /** The most heap that one Worker may use, in MiB. Without it, Node's own limit applies. */
  heapLimitMb?: number;
}

export interface RunOptions {
  /**
   * Its abort rejects the call. Queued items never start; Workers that run an item of the call are ended and replaced.
   */
  signal?: AbortSignal;
}

export interface MapOptions extends RunOptions {
  /** How many items a Worker gets at a time, a positive integer; 1 by default. */
  chunkSize?: number;
}

/** What `map` rejects with: which item failed, and why. */
export class ItemError extends Error {
  override name = 'ItemError';
  /** The item's index in the array given to `map`. */
  readonly index: number;

  /**
   * @param index the item's index in the array given to `map`
   * @param cause what `run` would have rejected with for that item: any value, because a task can throw any value
   */
  constructor(index: number, cause: unknown) {
    super(`item ${index}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.index = index;
  }
}

/** What a call rejects with after `close()` or `destroy()`. */
export class PoolClosedError extends Error {
  override name = 'PoolClosedError';

  /** @param message what was refused, and why */
  constructor(message = 'The pool is closed and accepts no more items') {
    super(message);
  }
}
