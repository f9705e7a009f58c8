// Runs on the student's side, inside the arena.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { marks, newBoard, removeBoard } from '../support/pool-board.ts';
import { poolScenarios } from '../support/pool-scenarios.ts';
import type { Order } from '../support/pool-task.ts';
import { settled, type AnyPool, type Settled } from '../support/pool-types.ts';

const load = async () => (await import('#kata/07-process-pool/process-pool.ts')).ProcessPool;

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

const taskModule = new URL('../support/pool-task.ts', import.meta.url);

export async function roundTrip(): Promise<Settled> {
  const value = {
    map: new Map([['key', new Set([1])]]),
    date: new Date(0),
    nothing: undefined,
    notANumber: NaN,
    big: 2n ** 64n,
    bytes: new Uint8Array([1, 2, 3]),
  };
  return settled(new (await load())(taskModule, 1).run({ do: 'echo', value } satisfies Order));
}

export async function sendShared(): Promise<{ item: Settled; result: Settled; afterwards: Settled }> {
  const processes = new (await load())(taskModule, 1);
  return {
    item: await settled(processes.run({ do: 'echo', value: new SharedArrayBuffer(4) } satisfies Order)),
    result: await settled(processes.run({ do: 'shared memory' } satisfies Order)),
    afterwards: await settled(processes.run({ do: 'echo', value: 'usable' } satisfies Order)),
  };
}

/** Runs a program that exits while its pool is at work. @returns whether the pool's process went with it */
export async function exitInTheMiddle(how: 'spin' | 'wait'): Promise<{ gone: boolean }> {
  await load();
  const board = newBoard();
  try {
    const program = fork(new URL('./exit-in-the-middle.ts', import.meta.url), [board, how]);
    await once(program, 'exit');
    const [pid = 0] = marks(board)
      .filter((name) => name.startsWith('pid '))
      .map((name) => Number(name.slice(4)));
    if (pid === 0) throw new Error('The program ended before its pool had started an item');
    // A process takes a moment to be gone.
    for (let tries = 0; tries < 400; tries++) {
      if (!isAlive(pid)) return { gone: true };
      await setTimeout(5);
    }
    process.kill(pid, 'SIGKILL');
    return { gone: false };
  } finally {
    await removeBoard(board);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
