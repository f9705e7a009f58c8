// The libraries as their users call them. Nothing is replaced in them but the clock: the explorer decides in which
// order their promises settle and their timers fire.
import { equal } from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Scene, World } from '../index.ts';

interface Mutex {
  acquire(): Promise<unknown>;
  release(): void;
}

interface Pool {
  acquire(): Promise<object>;
  release(resource: object): Promise<void>;
  drain(): Promise<void>;
  readonly borrowed: number;
}

interface Cache {
  fetch(key: string, options: { signal: AbortSignal }): Promise<string | undefined>;
  get(key: string): string | undefined;
}

/** @param home the package.json of a folder in which the library is installed under `name` */
const load = (home: string, name: string): unknown => createRequire(home)(name);

/** Three tasks share a mutex. Each comes when it comes, and releases it as the README of that version shows. */
export function consecutiveReleases(world: World, home: string, name: string): Scene {
  const { Mutex } = load(home, name) as { Mutex: new () => Mutex };
  const mutex = new Mutex();
  let holder = 'nobody';
  const task = (lane: string) => async () => {
    await world.operation('arrive');
    await mutex.acquire();
    holder = lane;
    await world.operation('work');
    holder = 'nobody';
    mutex.release();
  };
  return { tasks: { A: task('A'), B: task('B'), C: task('C') }, state: () => ({ holder }) };
}

/** A uses a connection of the pool; B shuts the pool down and takes for granted that nobody uses one any more. */
export function drainWhileBorrowed(world: World, home: string, name: string): Scene {
  const { createPool } = load(home, name) as { createPool: (factory: object, options: object) => Pool };
  const factory = { create: () => Promise.resolve({}), destroy: () => Promise.resolve() };
  const pool = createPool(factory, { max: 1 });
  return {
    tasks: {
      A: async () => {
        const connection = await pool.acquire();
        await world.operation('query');
        await pool.release(connection);
      },
      B: async () => {
        await world.operation('shut down');
        await pool.drain();
        world.mark('drained');
        equal(pool.borrowed, 0, 'drain() has ended, but a connection is still in use');
      },
    },
    state: () => ({ borrowed: pool.borrowed }),
  };
}

/** A asks the cache for a value that it does not hold yet; B aborts that request, which must not cost the value. */
export function abortedFetch(world: World, home: string, name: string): Scene {
  const { LRUCache } = load(home, name) as { LRUCache: new (options: object) => Cache };
  let fetched = false;
  const cache = new LRUCache({
    max: 10,
    ignoreFetchAbort: true,
    allowStaleOnFetchAbort: true,
    fetchMethod: () => world.operation('fetch', () => ((fetched = true), 'value')),
  });
  const controller = new AbortController();
  return {
    tasks: {
      A: () => cache.fetch('key', { signal: controller.signal }),
      B: () => world.operation('abort', () => controller.abort(new Error('not wanted any more'))),
    },
    state: () => ({ cached: cache.get('key') }),
    atEnd: () => !fetched || cache.get('key') === 'value' || 'the value was fetched, but is not in the cache',
  };
}
