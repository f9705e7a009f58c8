import { fork, type ChildProcess } from 'node:child_process';
import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { isSerializable } from './error-parcel.ts';
import type { PoolOptions } from '#shared/pool.ts';
import { WorkerPool, type Answer, type Chunk } from './worker-pool.ts';

/** Children of all pools. A child ends itself when its channel closes, but not while it spins: so they are ended on the way out. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A pool of processes: at most `size` children, each running the task of `taskModule` on one item at a time. */
export class ProcessPool<Item, Result> extends WorkerPool<Item, Result, ChildProcess> {
  readonly #taskModule: URL;
  readonly #options: PoolOptions;

  /**
   * @param taskModule URL of a module whose default export is the task, `(item) => result`, async or not
   * @param size most processes at a time, a whole number from 1
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

  protected override start(): ChildProcess {
    const { heapLimitMb } = this.#options;
    const child = fork(new URL('./process-pool.child.ts', import.meta.url), [this.#taskModule.href], {
      execArgv: [...process.execArgv, ...(heapLimitMb === undefined ? [] : [`--max-old-space-size=${heapLimitMb}`])],
    });
    const gone = (reason: Error) => {
      running.delete(child);
      this.gone(child, reason);
    };
    running.add(child);
    child.on('message', (text: string) =>
      this.answered(child, deserialize(Buffer.from(text, 'base64')) as Answer<Result>),
    );
    // 'close' follows an 'error', but what 'error' says is more to the point.
    child.on('error', (error) => {
      if (child.pid === undefined) gone(error);
    });
    // Not 'exit': then an answer may still be on its way through the channel.
    child.on('close', (code: number | null, signal: NodeJS.Signals | null) =>
      gone(new Error(`The process ended ${signal ? `by ${signal}` : `with exit code ${code}`} before it had a result`)),
    );
    return child;
  }

  protected override send(child: ChildProcess, chunk: Chunk<Item>): void {
    // If the child dies before it can read this, 'close' tells; without the callback 'error' would, too.
    child.send(serialize(chunk).toString('base64'), () => {});
  }

  protected override canSend(item: Item): boolean {
    return isSerializable(item);
  }

  protected override hold(child: ChildProcess, keepsAlive: boolean): void {
    // Both the process and the channel to it hold the event loop.
    for (const holder of [child, child.channel]) {
      if (keepsAlive) holder?.ref();
      else holder?.unref();
    }
  }

  protected override end(child: ChildProcess): void {
    // Not SIGTERM: a task may have its own opinion of that.
    child.kill('SIGKILL');
  }
}
