import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';
import { isClonable } from './error-parcel.ts';
import type { PoolOptions } from './pool.ts';
import { WorkerPool, type Answer, type Chunk } from './worker-pool.ts';

/** A pool of threads: at most `size` Workers, each running the task of `taskModule` on one item at a time. */
export class ThreadPool<Item, Result> extends WorkerPool<Item, Result, Worker> {
  readonly #taskModule: URL;
  readonly #options: PoolOptions;

  /**
   * @param taskModule URL of a module whose default export is the task, `(item) => result`, async or not
   * @param size most Workers at a time, a whole number from 1
   * @throws {TypeError|RangeError} for any other URL or size
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
    // What it sent cannot be read here: as good as no answer.
    worker.on('messageerror', (error) => {
      crash = { error };
      this.end(worker);
    });
    // Whatever ends a Worker, 'exit' comes last, and comes once.
    worker.on('exit', (code) =>
      this.gone(
        worker,
        crash ? crash.error : new Error(`The Worker ended with exit code ${code} before it had a result`),
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
    if (!keepsAlive) worker.unref();
  }

  protected override end(worker: Worker): void {
    void worker.terminate();
  }
}
