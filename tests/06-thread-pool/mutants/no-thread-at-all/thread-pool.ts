import type { MapOptions, Pool } from './pool.ts';

export class ThreadPool<Item, Result> implements Pool<Item, Result> {
  readonly #task: Promise<(item: Item) => Result>;

  constructor(taskModule: URL, size: number) {
    if (!Number.isSafeInteger(size) || size < 1) throw new RangeError('size');
    this.#task = import(taskModule.href).then(({ default: task }: { default: (item: Item) => Result }) => task);
  }

  async run(item: Item): Promise<Result> {
    return (await this.#task)(item);
  }

  async map(items: readonly Item[], _: MapOptions = {}): Promise<Result[]> {
    return Promise.all(items.map((item) => this.run(item)));
  }

  async close(): Promise<void> {}

  async destroy(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}
