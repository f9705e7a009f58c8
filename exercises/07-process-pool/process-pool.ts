import type { MapOptions, Pool, PoolOptions, RunOptions } from '#shared/pool.ts';
import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * A pool of processes: at most `size` of them, each runs the task on one item at a time. The contract is in pool.ts.
 */
export class ProcessPool<Item, Result> implements Pool<Item, Result> {
  /**
   * @param taskModule URL of a module whose default export is the task: a function `(item) => result`, async or not
   * @param size the most processes at a time, a positive integer
   * @throws {RangeError} if size is not a positive integer
   */
  constructor(taskModule: URL, size: number, options: PoolOptions = {}) {
    throw new NotImplementedError();
  }

  /** Task 1. Errors are task 4, lost processes task 5, `options.signal` is task 6. */
  async run(item: Item, options: RunOptions = {}): Promise<Result> {
    throw new NotImplementedError();
  }

  /** Task 2. Errors are task 4, lost processes task 5, `options.signal` is task 6. */
  async map(items: readonly Item[], options: MapOptions = {}): Promise<Result[]> {
    throw new NotImplementedError();
  }

  /** Task 7. */
  async close(): Promise<void> {
    throw new NotImplementedError();
  }

  /** Task 7. */
  async destroy(): Promise<void> {
    throw new NotImplementedError();
  }

  /** Task 7. `await using` calls it; it does the same as `close()`. */
  async [Symbol.asyncDispose](): Promise<void> {
    throw new NotImplementedError();
  }
}
