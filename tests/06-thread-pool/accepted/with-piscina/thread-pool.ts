import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Piscina } from 'piscina';
import { isClonable, unpack, type Parcel } from './error-parcel.ts';
import {
  ItemError,
  PoolClosedError,
  type MapOptions,
  type Pool,
  type PoolOptions,
  type RunOptions,
} from '#shared/pool.ts';

type Answer = { results: unknown[] } | { offset: number; parcel: Parcel };

export class ThreadPool<Item, Result> implements Pool<Item, Result> {
  readonly #piscina: Piscina;
  readonly #taskModule: string;
  readonly #size: number;
  readonly #running = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  constructor(taskModule: URL, size: number, { heapLimitMb }: PoolOptions = {}) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`size: ${size}`);
    this.#taskModule = taskModule.href;
    this.#size = size;
    this.#piscina = new Piscina({
      filename: fileURLToPath(new URL('./thread-pool.worker.ts', import.meta.url)),
      // With none at the least, piscina starts nobody for what is queued when its last Worker has died.
      minThreads: 1,
      maxThreads: size,
      idleTimeout: Infinity,
      // A Worker asleep in Atomics.wait would not see its own timers, nor errors in them.
      atomics: 'disabled',
      ...(heapLimitMb && { resourceLimits: { maxOldGenerationSizeMb: heapLimitMb } }),
    });
    this.#piscina.on('error', () => {});
  }

  async #chunk(
    items: readonly Item[],
    from: number,
    signal: AbortSignal | undefined,
    blame: (index: number, why: unknown) => unknown,
  ): Promise<Result[]> {
    const odd = items.findIndex((item) => !isClonable(item));
    if (odd >= 0) throw blame(from + odd, new Error(`no way there for ${inspect(items[odd])}`));
    let answer: Answer;
    const call = this.#piscina.run(
      { taskModule: this.#taskModule, items },
      signal ? { signal } : {},
    ) as Promise<Answer>;
    this.#running.add(call);
    try {
      answer = await call;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (this.#destroyed) throw new PoolClosedError();
      throw blame(from, error);
    } finally {
      this.#running.delete(call);
    }
    if ('parcel' in answer) throw blame(from + answer.offset, unpack(answer.parcel));
    return answer.results as Result[];
  }

  #destroyed = false;

  async run(item: Item, { signal }: RunOptions = {}): Promise<Result> {
    if (this.#closed) throw new PoolClosedError();
    signal?.throwIfAborted();
    return (await this.#chunk([item], 0, signal, (_, why) => why))[0] as Result;
  }

  async map(given: readonly Item[], { signal, chunkSize = 1 }: MapOptions = {}): Promise<Result[]> {
    if (this.#closed) throw new PoolClosedError();
    if (!Number.isInteger(chunkSize) || chunkSize < 1) throw new RangeError(`chunkSize: ${chunkSize}`);
    signal?.throwIfAborted();
    // The caller's signal may abort when the call has failed and some of its items still run.
    const own = new AbortController();
    const forward = () => own.abort(signal?.reason);
    signal?.addEventListener('abort', forward);
    const items = [...given];
    const results: Result[] = [];
    let next = 0;
    let over = false;
    const slot = async () => {
      while (next < items.length && !over) {
        const from = next;
        next += chunkSize;
        const part = await this.#chunk(
          items.slice(from, from + chunkSize),
          from,
          own.signal,
          (index, why) => new ItemError(index, why),
        );
        for (const [offset, result] of part.entries()) results[from + offset] = result;
      }
    };
    const work = Promise.all(Array.from({ length: this.#size }, slot)).finally(() => {
      over = true;
    });
    this.#running.add(work);
    try {
      await work;
      return results;
    } finally {
      signal?.removeEventListener('abort', forward);
      this.#running.delete(work);
    }
  }

  close(): Promise<void> {
    this.#closed ??= (async () => {
      while (this.#running.size > 0 && !this.#destroyed) await Promise.allSettled(this.#running);
      await this.#end();
    })();
    return this.#closed;
  }

  async destroy(): Promise<void> {
    this.#destroyed = true;
    const closed = this.close();
    await this.#end();
    await closed;
  }

  #ended: Promise<void> | undefined;

  #end(): Promise<void> {
    this.#ended ??= this.#piscina.destroy();
    return this.#ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
