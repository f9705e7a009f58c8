// Runs on the student's side, inside the arena.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { isMarked, marked, marks, newBoard, removeBoard } from '../support/pool-board.ts';
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

export async function sendShared(): Promise<Record<'item' | 'result' | 'chunk' | 'thrown' | 'afterwards', Settled>> {
  const processes = new (await load())(taskModule, 1);
  const chunk = [1, new SharedArrayBuffer(4), 3].map((value): Order => ({ do: 'echo', value }));
  return {
    chunk: await settled(processes.map(chunk, { chunkSize: 3 })),
    item: await settled(processes.run({ do: 'echo', value: new SharedArrayBuffer(4) } satisfies Order)),
    result: await settled(processes.run({ do: 'shared memory' } satisfies Order)),
    thrown: await settled(processes.run({ do: 'throw', what: 'shared field' } satisfies Order)),
    afterwards: await settled(processes.run({ do: 'echo', value: 'usable' } satisfies Order)),
  };
}

/** @returns the largest heap of a process, and of the one that replaces it */
export async function limits(heapLimitMb: number): Promise<unknown[]> {
  const processes = new (await load())(taskModule, 1, { heapLimitMb });
  const first = await processes.run({ do: 'heap limit' } satisfies Order);
  await processes.run({ do: 'memory', mib: 512 } satisfies Order).catch(() => {});
  return [first, await processes.run({ do: 'heap limit' } satisfies Order)];
}

/** The program of every new process is missing for a while. */
export async function refusedProcess(): Promise<{ refused: Settled; afterwards: Settled }> {
  const Pool = await load();
  const { execPath } = process;
  process.execPath = `${execPath}-is-missing`;
  const processes = new Pool(taskModule, 1);
  const refused = await settled(processes.run({ do: 'echo', value: 'started' } satisfies Order));
  process.execPath = execPath;
  return { refused, afterwards: await settled(processes.run({ do: 'echo', value: 'usable' } satisfies Order)) };
}

/** @returns whether a task that handles SIGTERM went on after destroy() */
export async function deafToSigterm(): Promise<{ call: Settled; outlived: boolean }> {
  const processes = new (await load())(taskModule, 1);
  const board = newBoard();
  try {
    const call = settled(processes.run({ do: 'ignore SIGTERM', board, own: 'waiting' } satisfies Order));
    await marked(board, 'waiting');
    await processes.destroy();
    return { call: await call, outlived: isMarked(board, 'outlived') };
  } finally {
    await removeBoard(board);
  }
}

/** Closes a pool whose task has left a handler for SIGTERM. */
export async function closeDeaf(): Promise<void> {
  const processes = new (await load())(taskModule, 1);
  await processes.run({ do: 'handle SIGTERM' } satisfies Order);
  await processes.close();
}

/** What a process is doing when the program exits. */
export type AtExit = 'waiting' | 'computing' | 'failed' | 'closing' | 'starting';

/**
 * Runs a program that exits while its pools are at work.
 * @returns what each process that stayed behind was doing
 */
export async function exitInTheMiddle(): Promise<{ left: AtExit[] }> {
  await load();
  const board = newBoard();
  try {
    const program = fork(new URL('./exit-in-the-middle.ts', import.meta.url), [board]);
    await once(program, 'exit');
    const processes = marks(board)
      .map((name) => /^(waiting|computing|failed|closing|starting) (\d+)$/.exec(name))
      .flatMap((match) => (match === null ? [] : [{ state: match[1] as AtExit, pid: Number(match[2]) }]));
    if (processes.filter(({ state }) => state !== 'starting').length < 5)
      throw new Error('The program ended before its pools had started all of their processes');
    const alive = () => processes.filter(({ pid }) => isAlive(pid));
    // A process takes a moment to be gone.
    for (let tries = 0; tries < 400 && alive().length > 0; tries++) await setTimeout(5);
    const left = alive();
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    return { left: left.map(({ state }) => state) };
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
