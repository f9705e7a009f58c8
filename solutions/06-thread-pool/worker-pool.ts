import { inspect } from 'node:util';
import { unpack, type Parcel } from './error-parcel.ts';
import { ItemError, PoolClosedError, type MapOptions, type Pool, type RunOptions } from '#shared/pool.ts';

/** Pool to Worker: the items that it gets at a time. */
export interface Chunk<Item> {
  readonly items: readonly Item[];
}

/** Worker to pool: a result for each item of the chunk, or what one of them threw and its index in the chunk. */
export type Answer<Result> =
  | { readonly results: readonly Result[]; readonly failed?: never }
  | { readonly failed: { readonly offset: number; readonly parcel: Parcel }; readonly results?: never };

/** One call of `run` or `map`. Workers take items from it when they are free, so a slow item delays no other. */
interface Call<Item, Result> {
  readonly items: readonly Item[];
  readonly chunkSize: number;
  readonly results: Result[];
  /** Index of the first item that no Worker has taken. */
  next: number;
  /** How many items have no result yet. */
  missing: number;
  readonly resolve: () => void;
  readonly fail: (index: number, cause: unknown) => void;
  readonly abandon: (reason: Error) => void;
}

/** A chunk on a Worker: items of `call`, the first of them at index `from`. */
interface Job<Item, Result> {
  readonly call: Call<Item, Result>;
  readonly from: number;
}

/** Makes what a call rejects with. Typed as Error, although a task can throw any value. */
type Blame = (index: number, cause: unknown) => Error;

/**
 * Everything that doesn't depend on what the Workers are: which Worker has which items, what is queued, and when a call
 * settles.
 */
export abstract class WorkerPool<Item, Result, Worker> implements Pool<Item, Result> {
  readonly #size: number;
  /** Calls that have items left to hand out, oldest first. */
  readonly #queue = new Set<Call<Item, Result>>();
  /** Every Worker that has not ended, with its job; `undefined` while it is idle or ending. */
  readonly #workers = new Map<Worker, Job<Item, Result> | undefined>();
  readonly #idle = new Set<Worker>();
  #closing: Promise<void> | undefined;
  #closed = (): void => {};

  /**
   * @param size the most Workers at a time, a positive integer; each is started when an item needs it
   * @throws {RangeError} if size is not a positive integer
   */
  constructor(size: number) {
    this.#size = positiveInteger('size', size);
  }

  /** Starts a Worker. The subclass then calls `answered` for each of its answers, and `gone` when it has ended. */
  protected abstract start(): Worker;
  /**
   * Sends a chunk to a Worker.
   * @throws if an item of the chunk cannot be sent
   */
  protected abstract send(worker: Worker, chunk: Chunk<Item>): void;
  /** @returns whether an item can be sent */
  protected abstract canSend(item: Item): boolean;
  /** Decides whether the Worker keeps this process alive. */
  protected abstract hold(worker: Worker, keepsAlive: boolean): void;
  /** Ends a Worker at once, whatever it is doing; a call of `gone` follows. */
  protected abstract end(worker: Worker): void;

  async run(item: Item, { signal }: RunOptions = {}): Promise<Result> {
    const [result] = await this.#call([item], 1, signal, (_, cause) => cause as Error);
    return result as Result;
  }

  async map(items: readonly Item[], { signal, chunkSize = 1 }: MapOptions = {}): Promise<Result[]> {
    return this.#call(
      [...items],
      positiveInteger('chunkSize', chunkSize),
      signal,
      (index, cause) => new ItemError(index, cause),
    );
  }

  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#closed = resolve;
    });
    this.#endIfDone();
    return this.#closing;
  }

  destroy(): Promise<void> {
    const calls = new Set(this.#queue);
    for (const job of this.#workers.values()) if (job) calls.add(job.call);
    const closing = this.close();
    for (const call of calls) call.abandon(new PoolClosedError('The pool was destroyed before this call was done'));
    return closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #call(items: readonly Item[], chunkSize: number, signal: AbortSignal | undefined, blame: Blame): Promise<Result[]> {
    return new Promise((resolve, reject) => {
      if (this.#closing) throw new PoolClosedError();
      signal?.throwIfAborted();
      const results = new Array<Result>(items.length);
      const onAbort = () => call.abandon(signal?.reason as Error);
      const leave = () => {
        this.#queue.delete(call);
        signal?.removeEventListener('abort', onAbort);
      };
      const call: Call<Item, Result> = {
        items,
        chunkSize,
        results,
        next: 0,
        missing: items.length,
        resolve: () => {
          leave();
          resolve(results);
        },
        fail: (index, cause) => {
          leave();
          reject(blame(index, cause));
        },
        abandon: (reason: Error) => {
          leave();
          reject(reason);
          // A task that computes reads no messages, so only the end of its Worker stops it.
          for (const [worker, job] of this.#workers) if (job?.call === call) this.#retire(worker);
          this.#endIfDone();
        },
      };
      if (items.length === 0) return call.resolve();
      signal?.addEventListener('abort', onAbort);
      this.#queue.add(call);
      this.#handOut();
    });
  }

  /** Hands out chunks until the queue is empty or no Worker is free. */
  #handOut(): void {
    for (const call of this.#queue) {
      while (this.#queue.has(call)) {
        const worker = this.#free();
        if (worker === undefined) return;
        this.#give(worker, call);
      }
    }
    this.#endIfDone();
  }

  #free(): Worker | undefined {
    const [idle] = this.#idle;
    if (idle !== undefined || this.#workers.size === this.#size) return idle;
    const worker = this.start();
    this.#rest(worker);
    return worker;
  }

  #give(worker: Worker, call: Call<Item, Result>): void {
    const from = call.next;
    const items = call.items.slice(from, from + call.chunkSize);
    call.next += items.length;
    if (call.next === call.items.length) this.#queue.delete(call);
    try {
      this.send(worker, { items });
    } catch (cause) {
      const unsendable = items.findIndex((item) => !this.canSend(item));
      const index = from + Math.max(0, unsendable);
      call.fail(
        index,
        new TypeError(
          `${inspect(call.items[index])} cannot be sent to a Worker: an item must be data, without functions in it`,
          { cause },
        ),
      );
      return;
    }
    this.#workers.set(worker, { call, from });
    this.#idle.delete(worker);
    this.hold(worker, true);
  }

  /** The subclass calls it with each answer of a Worker. */
  protected answered(worker: Worker, { results, failed }: Answer<Result>): void {
    const job = this.#workers.get(worker);
    // The Worker answered while it was being ended.
    if (!job) return;
    const { call, from } = job;
    this.#rest(worker);
    if (failed) call.fail(from + failed.offset, unpack(failed.parcel));
    // The Worker gets its next chunk first, so that it need not wait until the results are stored.
    this.#handOut();
    if (!results) return;
    for (const [offset, result] of results.entries()) call.results[from + offset] = result;
    call.missing -= results.length;
    if (call.missing === 0) call.resolve();
  }

  /**
   * The subclass calls it once for each Worker, when it has ended.
   * @param reason why; the Worker's call rejects with it. For a chunk, the index is that of its first item, because
   *   nothing shows which item it was.
   */
  protected gone(worker: Worker, reason: unknown): void {
    const job = this.#workers.get(worker);
    // No call waits for an idle Worker, but its error must not disappear.
    if (this.#idle.delete(worker)) process.emitWarning(reason instanceof Error ? reason : String(reason));
    this.#workers.delete(worker);
    job?.call.fail(job.from, reason);
    this.#handOut();
  }

  /** Makes a Worker idle. An idle Worker doesn't keep the process alive. */
  #rest(worker: Worker): void {
    this.#workers.set(worker, undefined);
    this.#idle.add(worker);
    this.hold(worker, false);
  }

  #retire(worker: Worker): void {
    this.#workers.set(worker, undefined);
    this.#idle.delete(worker);
    // Otherwise the process could end while close() or destroy() waits for this Worker.
    this.hold(worker, true);
    this.end(worker);
  }

  #endIfDone(): void {
    if (!this.#closing || this.#queue.size > 0) return;
    // Other items of a call that failed may still be running, although no call waits for them.
    if ([...this.#workers.values()].some((job) => job)) return;
    for (const worker of this.#idle) this.#retire(worker);
    if (this.#workers.size === 0) this.#closed();
  }
}

/** @throws {RangeError} if value is not a positive integer */
function positiveInteger(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${name} must be a positive integer, got ${inspect(value)}`);
  return value;
}
