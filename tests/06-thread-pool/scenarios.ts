// Runs on the student's side, inside the arena.
import { newBoard, removeBoard } from '../support/pool-board.ts';
import { poolScenarios } from '../support/pool-scenarios.ts';
import type { Order } from '../support/pool-task.ts';
import { settled, type AnyPool, type Settled } from '../support/pool-types.ts';

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
  program,
  twoMaps,
  firstFailureInTime,
  failTwice,
  failureInChunk,
  runEach,
  unsendable,
  mapFailing,
  lose,
  loseMany,
  loseIdleWorker,
  badTaskModule,
  abortedBefore,
  abortInTheSameStep,
  abortQueued,
  abortRunning,
  abortOneOfTwo,
  abortTooLate,
  abortAfterFailure,
  pairs,
  endsBeside,
  closeAfterWork,
  closeAfterFailure,
  closeUnused,
  disposeAfterWork,
  destroyAtWork,
  destroyAtStart,
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

/** @returns the limits of a Worker, and of the one that replaces it */
export async function limits(heapLimitMb: number): Promise<unknown[]> {
  const threads = new (await load())(new URL('../support/pool-task.ts', import.meta.url), 1, { heapLimitMb });
  const first = await threads.run({ do: 'limit' } satisfies Order);
  await threads.run({ do: 'memory', mib: 1024 } satisfies Order).catch(() => {});
  return [first, await threads.run({ do: 'limit' } satisfies Order)];
}

/** @returns how many of four Workers had not emitted 'exit' when the pool's end had resolved */
export async function aliveAtTheEnd(how: 'close' | 'close again' | 'destroy' | 'destroy again'): Promise<number> {
  let alive = 0;
  // The process emits it for each new Worker, so nothing that a pool does to its Workers hides their end.
  process.on('worker', (worker) => {
    alive++;
    worker.once('exit', () => alive--);
  });
  const threads = new (await load())(new URL('../support/pool-task.ts', import.meta.url), 4);
  const board = newBoard();
  try {
    const names = ['a', 'b', 'c', 'd'];
    await threads.map(names.map((own): Order => ({ do: 'meet', board, own, others: names })));
    const end = () => (how.startsWith('close') ? threads.close() : threads.destroy());
    if (how.endsWith('again')) void end();
    await end();
    return alive;
  } finally {
    await removeBoard(board);
  }
}

/** @returns how many bytes the caller has left after it sent them, and how the calls settled that return kept bytes */
export async function keepBytes(sizes: readonly number[]): Promise<{ left: number[]; calls: Settled[] }> {
  const threads = new (await load())(new URL('../support/pool-task.ts', import.meta.url), 1);
  const left: number[] = [];
  for (const size of sizes) {
    const [item, inside] = [new Uint8Array(size), new Uint8Array(size)];
    await threads.run(item);
    await threads.run({ do: 'echo', value: inside } satisfies Order);
    left.push(Math.min(item.length, inside.length));
  }
  const orders: readonly Order[] = [{ do: 'kept bytes' }, { do: 'kept buffer' }, { do: 'kept large buffer' }];
  const calls: Settled[] = [];
  for (const order of [...orders, ...orders]) calls.push(await settled(threads.run(order)));
  return { left, calls };
}

/** @returns what a shared cell holds after `items` items that each add one to it */
export async function addShared(items: number): Promise<number | undefined> {
  const threads = new (await load())(new URL('../support/pool-task.ts', import.meta.url), 2);
  const cells = new Int32Array(new SharedArrayBuffer(4));
  await threads.map(new Array<Order>(items).fill({ do: 'add', cells }));
  return cells[0];
}
