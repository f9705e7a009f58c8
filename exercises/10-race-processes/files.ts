import { readFile, rename, unlink, writeFile } from 'node:fs/promises';

/**
 * The operations on files that this exercise needs, as node:fs/promises has them. Your functions take them as their
 * last parameter, so that the checks can pass files that live in memory and watch every step.
 */
export interface Files {
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  /** Two steps: opens the file, which empties or creates it, then writes the text into it. */
  writeFile(path: string, text: string): Promise<void>;
  /** Gives a file another name. If there is a file of that name already, it is replaced, all in one step. */
  rename(from: string, to: string): Promise<void>;
  /** Removes a file. */
  unlink(path: string): Promise<void>;
}

/** Real files: what your functions use if the caller passes nothing else. */
export const nodeFiles: Files = { readFile, writeFile, rename, unlink };
