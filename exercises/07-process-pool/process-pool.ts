import type { MapOptions, Pool, PoolOptions, RunOptions } from './pool.ts';

/** A pool of processes: at most `size` of them, each running the task of `taskModule` on one item at a time. pool.ts says what each method promises. */
export class ProcessPool<Item, Result> implements Pool<Item, Result> {
  /**
   * @param taskModule URL of a module whose default export is the task, `(item) => result`, async or not
   * @param size most processes at a time, a whole number from 1; anything else is a RangeError
   */
  constructor(taskModule: URL, size: number, options: PoolOptions = {}) {
    throw new Error('Not implemented yet');
  }

  /** Tasks 1, 4 and 5. */
  async run(item: Item, options: RunOptions = {}): Promise<Result> {
    throw new Error('Not implemented yet');
  }

  /** Tasks 2 and 4, aborted in task 6. */
  async map(items: readonly Item[], options: MapOptions = {}): Promise<Result[]> {
    throw new Error('Not implemented yet');
  }

  /** Task 7. */
  async close(): Promise<void> {
    throw new Error('Not implemented yet');
  }

  /** Task 7. */
  async destroy(): Promise<void> {
    throw new Error('Not implemented yet');
  }

  /** Task 7: what `await using` calls. */
  async [Symbol.asyncDispose](): Promise<void> {
    throw new Error('Not implemented yet');
  }
}
