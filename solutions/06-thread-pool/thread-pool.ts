import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import { isClonable } from './error-parcel.ts';
import type { PoolOptions } from '#shared/pool.ts';
import { WorkerPool, type Answer, type Chunk } from './worker-pool.ts';

/** A pool of threads: at most `size` of them, each runs the task on one item at a time. The contract is in pool.ts. */
export class ThreadPool<Item, Result> extends WorkerPool<Item, Result, Worker> {
  readonly #taskModule: URL;
  readonly #options: PoolOptions;

  /**
   * @param taskModule URL of a module whose default export is the task: a function `(item) => result`, async or not
   * @param size the most threads at a time, a positive integer
   * @throws {TypeError} if taskModule is not a URL
   * @throws {RangeError} if size is not a positive integer
   */
  constructor(taskModule: URL, size: number, options: PoolOptions = {}) {
    super(size);
    if (!(taskModule instanceof URL))
      throw new TypeError(
        `taskModule must be a URL, got ${inspect(taskModule)}; write new URL('./task.ts', import.meta.url)`,
      );
    this.#taskModule = taskModule;
    this.#options = options;
  }

  protected override start(): Worker {
    const { heapLimitMb } = this.#options;
    const worker = new Worker(new URL('./thread-pool.worker.ts', import.meta.url), {
      workerData: this.#taskModule.href,
      ...(heapLimitMb !== undefined && { resourceLimits: { maxOldGenerationSizeMb: heapLimitMb } }),
    });
    let crash: { readonly error: unknown } | undefined;
    worker.on('message', (answer: Answer<Result>) => this.answered(worker, answer));
    worker.on('error', (error: unknown) => {
      crash = { error };
    });
    // The answer cannot be read on this side, so the call would wait forever.
    worker.on('messageerror', (error) => {
      crash = { error };
      this.end(worker);
    });
    // However a Worker ends, 'exit' comes once, and it comes last.
    worker.on('exit', (code) =>
      this.gone(
        worker,
        crash ? crash.error : new Error(`The Worker ended with exit code ${code} before it had answered`),
      ),
    );
    return worker;
  }

  protected override send(worker: Worker, chunk: Chunk<Item>): void {
    worker.postMessage(chunk);
  }

  protected override canSend(item: Item): boolean {
    return isClonable(item);
  }

  protected override hold(worker: Worker, keepsAlive: boolean): void {
    if (keepsAlive) worker.ref();
    else worker.unref();
  }

  protected override end(worker: Worker): void {
    void worker.terminate();
  }
}
