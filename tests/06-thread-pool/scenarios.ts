// Runs on the student's side, inside the arena.
import { poolScenarios } from '../support/pool-scenarios.ts';
import type { Order } from '../support/pool-task.ts';
import type { AnyPool } from '../support/pool-types.ts';

const load = async () => (await import('#kata/06-thread-pool/thread-pool.ts')).ThreadPool;

export const {
  runOnce,
  places,
  runAtOnce,
  meet,
  construct,
  mapAroundSlowItem,
  mapNumbers,
  mapPlaces,
  twoMaps,
  firstFailureInTime,
  failureInChunk,
  runEach,
  unsendable,
  mapFailing,
  lose,
  loseIdleWorker,
  loseOnce,
  abortReasons,
  badTaskModule,
  abortedBefore,
  abortQueued,
  abortRunning,
  abortOneOfTwo,
  abortTooLate,
  closeAfterWork,
  closeAfterFailure,
  closeUnused,
  disposeAfterWork,
  destroyAtWork,
  destroyWhileClosing,
  idleForEver,
  unusedForEver,
  keptAliveByWork,
} = poolScenarios(load);

let pool: AnyPool | undefined;

/** The sum of the steps 0…n by `parts` of the pool's Workers, in four times as many ranges; one pool for all rounds. */
export async function countDown(n: number, parts: number): Promise<number> {
  pool ??= new (await load())(new URL('./count-down.task.ts', import.meta.url), parts);
  const at = (range: number) => Math.floor((n * range) / (4 * parts));
  const sums = await pool.map(
    Array.from({ length: 4 * parts }, (_, range) => ({ from: at(range), to: at(range + 1) })),
  );
  return sums.reduce<number>((total, sum) => total + Number(sum), 0);
}

/** @returns what a shared cell holds after `items` items that each add one to it */
export async function addShared(items: number): Promise<number | undefined> {
  const threads = new (await load())(new URL('../support/pool-task.ts', import.meta.url), 2);
  const cells = new Int32Array(new SharedArrayBuffer(4));
  await threads.map(new Array<Order>(items).fill({ do: 'add', cells }));
  return cells[0];
}
