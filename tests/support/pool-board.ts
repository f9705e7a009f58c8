// Hand-shakes that work between threads and between processes alike: a mark is an empty file in a folder that both
// sides know.
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Folder of the marks. */
export type Board = string;

/**
 * Milliseconds that a task waits for a mark before it says that it gave up, so that a wrong pool is told by its
 * results.
 */
const patience = 5_000;

export const newBoard = (): Board => mkdtempSync(join(tmpdir(), 'kata-pool-'));

export const mark = (board: Board, name: string): void => writeFileSync(join(board, name), '');

export const isMarked = (board: Board, name: string): boolean => existsSync(join(board, name));

/** @returns the names of all marks, sorted */
export const marks = (board: Board): string[] => readdirSync(board).sort();

const cell = new Int32Array(new SharedArrayBuffer(4));

/** The mark of a task that waited in vain. */
export const gaveUp = (own: string): string => `${own} gave up`;

/**
 * Waits without giving way to anything else in its thread, as a computation would: two tasks that wait like this for
 * each other show that they run on two threads.
 * @returns whether all marks were set in time
 */
export function blockUntilMarked(board: Board, names: readonly string[]): boolean {
  const done = () => names.every((name) => isMarked(board, name));
  for (const end = performance.now() + patience; performance.now() < end; Atomics.wait(cell, 0, 0, 1)) {
    if (done()) return true;
  }
  return done();
}

/** For the side of the pool: waits while its event loop goes on. The arena's limit ends it. */
export async function marked(board: Board, ...names: string[]): Promise<void> {
  while (!names.every((name) => isMarked(board, name))) await setTimeout(2);
}
