// Synchronizes tasks with their check, across threads and processes. A mark is an empty file in a folder that both
// know.
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import { countRunnableThreads, descendants, isHurried } from '#src/system/index.ts';

/** The folder of the marks. */
export type Board = string;

/**
 * Milliseconds that a task waits for a mark while nothing else goes on in the pool: a busy machine takes long to start
 * a Worker, but until then the Worker is at work. Then the task reports that it gave up, so a wrong pool shows in the
 * results: in a hurried run, too, before the arena gives the call up.
 */
const patience = isHurried ? 600 : 2_000;
/** The same where the system does not tell who is at work. */
const blindPatience = isHurried ? 1_000 : 5_000;
/** Milliseconds between two looks at the pool. */
const lookPeriod = 40;

export const newBoard = (): Board => mkdtempSync(join(tmpdir(), 'kata-pool-'));

/** Removes the folder, unless a wrong pool still runs items that fill it: then it goes with the run's own folder. */
export const removeBoard = (board: Board): Promise<void> =>
  rm(board, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);

export const mark = (board: Board, name: string): void => writeFileSync(join(board, name), '');

export const isMarked = (board: Board, name: string): boolean => existsSync(join(board, name));

/** @returns the names of all marks in alphabetical order */
export const marks = (board: Board): string[] => readdirSync(board).sort();

const cell = new Int32Array(new SharedArrayBuffer(4));

/** The mark of a task that has come to its end. */
export const done = (own: string): string => `${own} done`;

/** The mark of a task that waited in vain. */
export const gaveUp = (own: string): string => `${own} gave up`;

/**
 * Blocks its thread until the marks are there, as a computation would. If two tasks wait for each other like this, they
 * run on two threads.
 * @returns whether all marks were set in time
 */
export function blockUntilMarked(board: Board, names: readonly string[]): boolean {
  const isDone = () => names.every((name) => isMarked(board, name));
  let left = patience;
  for (let last = performance.now(); left > 0; Atomics.wait(cell, 0, 0, 2)) {
    if (isDone()) return true;
    const elapsed = performance.now() - last;
    if (elapsed < lookPeriod) continue;
    last += elapsed;
    const atWork = threadsAtWork();
    if (atWork === undefined) left -= (elapsed * patience) / blindPatience;
    else if (atWork === 0) left -= Math.min(elapsed, 2 * lookPeriod);
  }
  return isDone();
}

/** @returns how many threads of the pool, in all of its processes, run or want to run, without this one */
function threadsAtWork(): number | undefined {
  // The task runs in a Worker of the pool's process, or in a child of it.
  const pool = isMainThread ? process.ppid : process.pid;
  const runnable = countRunnableThreads([pool, ...descendants(pool)]);
  return runnable === undefined ? undefined : Math.max(0, runnable - 1);
}

/** Waits where the event loop must go on. The arena's limit ends it. */
export async function marked(board: Board, ...names: string[]): Promise<void> {
  while (!names.every((name) => isMarked(board, name))) await setTimeout(2);
}
