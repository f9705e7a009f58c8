import { fork, type ChildProcess } from 'node:child_process';
import { inspect } from 'node:util';
import { isSerializable } from './error-parcel.ts';
import type { PoolOptions } from '#shared/pool.ts';
import { WorkerPool, type Answer, type Chunk } from './worker-pool.ts';

/**
 * The children of all pools. A child ends itself when its channel closes, but it cannot while it computes. So this
 * process ends them when it exits. One listener serves all pools: from the eleventh on, Node would warn of a leak.
 */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) kill(child);
});

/**
 * A pool of processes: at most `size` of them, each runs the task on one item at a time. The contract is in pool.ts.
 */
export class ProcessPool<Item, Result> extends WorkerPool<Item, Result, ChildProcess> {
  readonly #taskModule: URL;
  readonly #options: PoolOptions;

  /**
   * @param taskModule URL of a module whose default export is the task: a function `(item) => result`, async or not
   * @param size the most processes at a time, a positive integer
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

  protected override start(): ChildProcess {
    const { heapLimitMb } = this.#options;
    const child = fork(new URL('./process-pool.child.ts', import.meta.url), [this.#taskModule.href], {
      // The default, JSON, turns a Map into {} and NaN into null without an error.
      serialization: 'advanced',
      execArgv: [...process.execArgv, ...(heapLimitMb === undefined ? [] : [`--max-old-space-size=${heapLimitMb}`])],
    });
    const gone = (reason: Error) => {
      running.delete(child);
      this.gone(child, reason);
    };
    running.add(child);
    child.on('message', (answer: Answer<Result>) => this.answered(child, answer));
    // Without a listener, an 'error' would end the program. 'close' follows it, even where no process could be started.
    child.on('error', () => {});
    // Not 'exit': at that time an answer may still be in the channel.
    child.on('close', (code: number | null, signal: NodeJS.Signals | null) =>
      gone(new Error(`The process ended ${signal ? `by ${signal}` : `with exit code ${code}`} before it had answered`)),
    );
    return child;
  }

  protected override send(child: ChildProcess, chunk: Chunk<Item>): void {
    // Where no process could be started, 'close' follows. After EMFILE, the child has no `send` either.
    if (child.pid === undefined) return;
    // If the child ends before it has read this, 'close' follows. Without a callback, there would be an 'error' as
    // well.
    child.send(chunk, () => {});
  }

  protected override canSend(item: Item): boolean {
    return isSerializable(item);
  }

  protected override hold(child: ChildProcess, keepsAlive: boolean): void {
    // Both the process and the channel to it keep the event loop running.
    for (const holder of [child, child.channel]) {
      if (keepsAlive) holder?.ref();
      else holder?.unref();
    }
  }

  protected override end(child: ChildProcess): void {
    kill(child);
  }
}

/** Not by SIGTERM: a task may handle or ignore that. */
function kill(child: ChildProcess): void {
  // Where no process could be started, Node would send the signal to whatever number stands in the place of its id.
  if (child.pid !== undefined) child.kill('SIGKILL');
}
