// Synchronizes tasks with their check, across threads and processes. A mark is an empty file in a folder that both
// know.
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** The folder of the marks. */
export type Board = string;

/** Milliseconds that a task waits for a mark. Then it reports that it gave up, so a wrong pool shows in the results. */
const patience = 5_000;

export const newBoard = (): Board => mkdtempSync(join(tmpdir(), 'kata-pool-'));

export const mark = (board: Board, name: string): void => writeFileSync(join(board, name), '');

export const isMarked = (board: Board, name: string): boolean => existsSync(join(board, name));

/** @returns the names of all marks in alphabetical order */
export const marks = (board: Board): string[] => readdirSync(board).sort();

const cell = new Int32Array(new SharedArrayBuffer(4));

/** The mark of a task that waited in vain. */
export const gaveUp = (own: string): string => `${own} gave up`;

/**
 * Blocks its thread until the marks are there, as a computation would. If two tasks wait for each other like this, they
 * run on two threads.
 * @returns whether all marks were set in time
 */
export function blockUntilMarked(board: Board, names: readonly string[]): boolean {
  const done = () => names.every((name) => isMarked(board, name));
  for (const end = performance.now() + patience; performance.now() < end; Atomics.wait(cell, 0, 0, 1)) {
    if (done()) return true;
  }
  return done();
}

/** Waits on the pool's side, where the event loop must go on. The arena's limit ends it. */
export async function marked(board: Board, ...names: string[]): Promise<void> {
  while (!names.every((name) => isMarked(board, name))) await setTimeout(2);
}
