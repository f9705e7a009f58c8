import { fork, type ChildProcess } from 'node:child_process';
import { serialize } from 'node:v8';
import { unpack, type Parcel } from './error-parcel.ts';
import {
  ItemError,
  PoolClosedError,
  type MapOptions,
  type Pool,
  type PoolOptions,
  type RunOptions,
} from '#shared/pool.ts';

type Reply = { results: unknown[] } | { failed: { offset: number; parcel: Parcel } };
interface Job {
  chunk: unknown[];
  signal: AbortSignal | undefined;
  done: (results: unknown[]) => void;
  fail: (offset: number, why: unknown) => void;
}

// All Workers are started beforehand, and items wait as jobs of one chunk each.
export class ProcessPool<Item, Result> implements Pool<Item, Result> {
  waiting: Job[] = [];
  jobs = new Map<ChildProcess, Job | null>();
  ending?: Promise<void>;
  ended: () => void = () => {};
  make: () => ChildProcess;
  size: number;

  constructor(taskModule: URL, size: number, { heapLimitMb }: PoolOptions = {}) {
    if (!Number.isInteger(size) || size <= 0) throw new RangeError('size');
    this.size = size;
    const execArgv = heapLimitMb ? [...process.execArgv, `--max-old-space-size=${heapLimitMb}`] : process.execArgv;
    this.make = () =>
      fork(new URL('./process-pool.child.ts', import.meta.url), [taskModule.href], {
        serialization: 'advanced',
        execArgv,
      });
    process.on('exit', () => this.jobs.forEach((_, child) => kill(child)));
    for (let i = 0; i < size; i++) this.hire();
  }

  hire(): void {
    const worker = this.make();
    this.jobs.set(worker, null);
    const lost = (why: Error) => {
      const job = this.jobs.get(worker);
      this.jobs.delete(worker);
      job?.fail(0, why);
      // Without work to do a broken task module would be loaded again and again.
      if (!this.ending || this.waiting.length) while (this.waiting.length && this.jobs.size < this.size) this.hire();
      this.next();
    };
    // Where no process could be started, this comes before 'close' and says more.
    worker.on('error', (error) => {
      if (worker.pid === undefined) lost(error);
    });
    worker.on('close', (code: number | null, signal: NodeJS.Signals | null) =>
      lost(new Error(`exit code ${code}, signal ${signal}`)),
    );
    worker.on('message', (reply: Reply) => {
      const job = this.jobs.get(worker);
      if (!job) return;
      this.jobs.set(worker, null);
      hold(worker, false);
      if ('results' in reply) job.done(reply.results);
      else job.fail(reply.failed.offset, unpack(reply.failed.parcel));
      this.next();
    });
    // Behind the listeners: one for 'message' references anew.
    hold(worker, false);
  }

  next(): void {
    while (this.waiting.length) {
      const free = [...this.jobs].find(([, job]) => job === null)?.[0];
      if (!free) {
        if (this.jobs.size < this.size) {
          this.hire();
          continue;
        }
        return;
      }
      const job = this.waiting.shift()!;
      try {
        free.send({ items: job.chunk });
        this.jobs.set(free, job);
        hold(free, true);
      } catch (error) {
        const at = job.chunk.findIndex((item) => {
          try {
            serialize(item);
            return false;
          } catch {
            return true;
          }
        });
        job.fail(
          Math.max(0, at),
          new Error(`cannot send ${JSON.stringify(job.chunk[Math.max(0, at)])}`, { cause: error }),
        );
      }
    }
    if (!this.ending || [...this.jobs.values()].some(Boolean)) return;
    if (this.jobs.size === 0) this.ended();
    for (const worker of this.jobs.keys()) this.fire(worker);
  }

  fire(worker: ChildProcess): void {
    hold(worker, true);
    kill(worker);
  }

  all(
    items: readonly unknown[],
    size: number,
    signal: AbortSignal | undefined,
    blame: (index: number, why: unknown) => unknown,
  ): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      if (this.ending) throw new PoolClosedError();
      signal?.throwIfAborted();
      const chunks: Job[] = [];
      let left = items.length;
      const results = Array(left);
      const over = () => {
        signal?.removeEventListener('abort', abort);
        this.waiting = this.waiting.filter((job) => !chunks.includes(job));
      };
      const abort = () => {
        over();
        reject(signal!.reason);
        for (const [worker, job] of this.jobs) if (job && chunks.includes(job)) this.fire(worker);
      };
      if (left === 0) return resolve(results);
      for (let from = 0; from < items.length; from += size) {
        chunks.push({
          chunk: items.slice(from, from + size),
          signal,
          done: (part) => {
            part.forEach((result, i) => {
              results[from + i] = result;
            });
            left -= part.length;
            if (!left) {
              over();
              resolve(results);
            }
          },
          fail: (offset, why) => {
            over();
            reject(why instanceof PoolClosedError ? why : blame(from + offset, why));
          },
        });
      }
      signal?.addEventListener('abort', abort);
      this.waiting.push(...chunks);
      this.next();
    });
  }

  async run(item: Item, { signal }: RunOptions = {}): Promise<Result> {
    return (await this.all([item], 1, signal, (_, why) => why))[0] as Result;
  }

  async map(items: readonly Item[], { signal, chunkSize = 1 }: MapOptions = {}): Promise<Result[]> {
    if (!Number.isInteger(chunkSize) || chunkSize <= 0) throw new RangeError('chunkSize');
    return (await this.all(items, chunkSize, signal, (index, why) => new ItemError(index, why))) as Result[];
  }

  close(): Promise<void> {
    this.ending ??= new Promise((resolve) => {
      this.ended = resolve;
    });
    this.next();
    return this.ending;
  }

  destroy(): Promise<void> {
    const closed = this.close();
    const jobs = [...this.waiting.splice(0), ...[...this.jobs.values()].filter((job) => job !== null)];
    const error = new PoolClosedError('destroyed');
    for (const worker of this.jobs.keys()) this.fire(worker);
    for (const job of jobs) job.fail(0, error);
    return closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function hold(child: ChildProcess, yes: boolean): void {
  if (yes) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

/** Without an id, the signal would go to this process's own group. */
function kill(child: ChildProcess): void {
  if (child.pid !== undefined) child.kill('SIGKILL');
}
