import { inspect } from 'node:util';
import { unpack, type Parcel } from './error-parcel.ts';
import { ItemError, PoolClosedError, type MapOptions, type Pool, type RunOptions } from './pool.ts';

/** Pool to Worker: the items of one hand-over. */
export interface Chunk<Item> {
  readonly items: readonly Item[];
}

/** Worker to pool: a result for each item of the chunk, or which item failed (its place in the chunk, from 0) and with what. */
export type Answer<Result> =
  | { readonly results: readonly Result[]; readonly failed?: never }
  | { readonly failed: { readonly offset: number; readonly parcel: Parcel }; readonly results?: never };

/** One call of `run` or `map`. Workers pull from it; nothing is assigned in advance, so a slow item holds up nobody else. */
interface Call<Item, Result> {
  readonly items: readonly Item[];
  readonly chunkSize: number;
  readonly results: Result[];
  /** The first item that nobody has taken yet. */
  next: number;
  /** Items without a result so far. */
  missing: number;
  readonly resolve: () => void;
  readonly fail: (index: number, cause: unknown) => void;
  readonly abandon: (reason: Error) => void;
}

/** A chunk on a Worker: the items of `call` from `from` on. */
interface Job<Item, Result> {
  readonly call: Call<Item, Result>;
  readonly from: number;
}

/** Makes the rejection of a call from the index of the item that failed and what it failed with. Called an Error, though a task may throw anything. */
type Blame = (index: number, cause: unknown) => Error;

/** All of a pool that does not depend on what its Workers are: who works on what, in which order, and when a call is settled. */
export abstract class WorkerPool<Item, Result, Worker> implements Pool<Item, Result> {
  readonly #size: number;
  /** Calls that have items left to hand out, oldest first. */
  readonly #queue = new Set<Call<Item, Result>>();
  /** Every Worker that is not gone, with its job; `undefined` while it is idle or being ended. */
  readonly #workers = new Map<Worker, Job<Item, Result> | undefined>();
  readonly #idle = new Set<Worker>();
  #closing: Promise<void> | undefined;
  #closed = (): void => {};

  /**
   * @param size most Workers at a time, a whole number from 1; they are started when first needed
   * @throws {RangeError} for any other size
   */
  constructor(size: number) {
    this.#size = wholeFrom1('size', size);
  }

  /** Starts a Worker; from then on `answered` and `gone` tell what becomes of it. */
  protected abstract start(): Worker;
  /** Sends it a chunk. Throws if an item of the chunk cannot be sent. */
  protected abstract send(worker: Worker, chunk: Chunk<Item>): void;
  /** @returns whether an item can be sent */
  protected abstract canSend(item: Item): boolean;
  /** Says whether the Worker keeps this process alive. */
  protected abstract hold(worker: Worker, keepsAlive: boolean): void;
  /** Ends it at once, whatever it does; `gone` follows. */
  protected abstract end(worker: Worker): void;

  async run(item: Item, { signal }: RunOptions = {}): Promise<Result> {
    const [result] = await this.#call([item], 1, signal, (_, cause) => cause as Error);
    return result as Result;
  }

  async map(items: readonly Item[], { signal, chunkSize = 1 }: MapOptions = {}): Promise<Result[]> {
    return this.#call(
      [...items],
      wholeFrom1('chunkSize', chunkSize),
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
    for (const call of calls) call.abandon(new PoolClosedError('The pool was destroyed before this was done'));
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
          const tell = () => {
            if ([...this.#workers.values()].some((job) => job?.call === call)) setTimeout(tell, 5);
            else reject(blame(index, cause));
          };
          tell();
        },
        abandon: (reason: Error) => {
          leave();
          reject(reason);
          // A task that computes cannot be asked to stop: its Worker goes with it.
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

  /** Hands out chunks until nothing is left of them or nobody is free. */
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
      const index =
        from +
        Math.max(
          0,
          items.findIndex((item) => !this.canSend(item)),
        );
      call.fail(
        index,
        new TypeError(
          `${inspect(call.items[index])} cannot be sent to a Worker: give data, without functions and the like`,
          { cause },
        ),
      );
      return;
    }
    this.#workers.set(worker, { call, from });
    this.#idle.delete(worker);
    this.hold(worker, true);
  }

  /** To be called with what a Worker sends. */
  protected answered(worker: Worker, { results, failed }: Answer<Result>): void {
    const job = this.#workers.get(worker);
    // An answer that crossed the order to end.
    if (!job) return;
    const { call, from } = job;
    this.#rest(worker);
    if (failed) call.fail(from + failed.offset, unpack(failed.parcel));
    // First the next hand-over, then the bookkeeping: the Worker need not wait for it.
    this.#handOut();
    if (!results) return;
    for (const [offset, result] of results.entries()) call.results[from + offset] = result;
    call.missing -= results.length;
    if (call.missing === 0) call.resolve();
  }

  /**
   * To be called once for each Worker, when it runs no more.
   * @param reason what its item is rejected with, if it had one; of a chunk, the first item is named, as nobody knows better
   */
  protected gone(worker: Worker, reason: unknown): void {
    const job = this.#workers.get(worker);
    // Nobody waits for an idle Worker, but what broke it should not pass in silence.
    if (this.#idle.delete(worker)) process.emitWarning(reason instanceof Error ? reason : String(reason));
    this.#workers.delete(worker);
    job?.call.fail(job.from, reason);
    this.#handOut();
  }

  /** At work a Worker keeps the process alive, idle it does not. */
  #rest(worker: Worker): void {
    this.#workers.set(worker, undefined);
    this.#idle.add(worker);
    this.hold(worker, false);
  }

  #retire(worker: Worker): void {
    this.#workers.set(worker, undefined);
    this.#idle.delete(worker);
    // Or the process could end while somebody waits for this Worker to be gone.
    this.hold(worker, true);
    this.end(worker);
  }

  #endIfDone(): void {
    if (!this.#closing || this.#queue.size > 0) return;
    // Siblings of an item that failed are still at work, though nobody waits for their results.
    if ([...this.#workers.values()].some((job) => job)) return;
    for (const worker of this.#idle) this.#retire(worker);
    if (this.#workers.size === 0) this.#closed();
  }
}

function wholeFrom1(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${name} must be a whole number from 1, got ${inspect(value)}`);
  return value;
}
