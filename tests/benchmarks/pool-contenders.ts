import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { Tinypool } from 'tinypool';
import workerpool from 'workerpool';
import { ProcessPool } from '../../solutions/07-process-pool/process-pool.ts';
import { ThreadPool } from '../../solutions/06-thread-pool/thread-pool.ts';

/** A pool of the bench: each runs the same task with as many Workers. */
export interface Contender {
  readonly name: string;
  run(item: number): Promise<unknown>;
  /** All items in order; pools without a map of their own get one `run` per item, all at once. */
  map(items: readonly number[], chunkSize?: number): Promise<unknown>;
  end(): Promise<unknown>;
}

const taskModule = new URL('./pool-task.ts', import.meta.url);

/** Name of each pool and how it is made with `size` Workers; the first is the reference ThreadPool. */
export const contenders: Readonly<Record<string, (size: number) => Contender>> = {
  ThreadPool: (size) => ours('ThreadPool', new ThreadPool(taskModule, size)),
  ProcessPool: (size) => ours('ProcessPool', new ProcessPool(taskModule, size)),
  piscina: (size) => {
    const pool = new Piscina({ filename: fileURLToPath(taskModule), minThreads: size, maxThreads: size });
    return oneByOne(
      'piscina',
      (item) => pool.run(item),
      () => pool.destroy(),
    );
  },
  tinypool: (size) => {
    const pool = new Tinypool({ filename: taskModule.href, minThreads: size, maxThreads: size });
    return oneByOne(
      'tinypool',
      (item) => pool.run(item) as Promise<unknown>,
      () => pool.destroy(),
    );
  },
  workerpool: (size) => {
    const script = fileURLToPath(new URL('./workerpool.worker.ts', import.meta.url));
    const pool = workerpool.pool(script, { minWorkers: size, maxWorkers: size, workerType: 'thread' });
    return oneByOne(
      'workerpool',
      async (item) => pool.exec('task', [item]) as PromiseLike<unknown>,
      async () => pool.terminate(),
    );
  },
};

function ours(name: string, pool: ThreadPool<number, number> | ProcessPool<number, number>): Contender {
  return {
    name,
    run: (item) => pool.run(item),
    map: (items, chunkSize) => pool.map(items, chunkSize ? { chunkSize } : {}),
    end: () => pool.destroy(),
  };
}

function oneByOne(name: string, run: (item: number) => Promise<unknown>, end: () => Promise<unknown>): Contender {
  return { name, run, map: (items) => Promise.all(items.map(run)), end };
}
