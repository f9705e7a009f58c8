// Given. What a lock needs of the system. The checks pass another implementation, over files in memory.
import { link, mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, thisProcess, type Owner } from './owner.ts';

/** Some functions of `node:fs/promises`, who is asking, whether an owner is alive, and how to wait. */
export interface LockFiles {
  /** The calling process. */
  readonly self: Owner;
  /** Whether a process is running. Ask about the owner as you found it, with pid and start. */
  isAlive(owner: Owner): Promise<boolean>;
  /**
   * Waits for a moment before another attempt: 1 to 2 ms at first, up to 64 ms later.
   * @param attempt which attempt has just failed: 0 for the first one, 1 for the second, and so on
   */
  pause(attempt: number): Promise<void>;
  /** Creates a folder; with `recursive`, it may exist. */
  mkdir(path: string, options: { recursive: true }): Promise<unknown>;
  /** @returns the names in a folder */
  readdir(path: string): Promise<string[]>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  /** Creates or empties a file, then fills it. With the flag `wx`, it fails with the code EEXIST if the file exists. */
  writeFile(path: string, text: string, options?: { flag: 'w' | 'wx' }): Promise<void>;
  /** Gives a file a second name, in one step. Fails with the code EEXIST if `path` exists. */
  link(existing: string, path: string): Promise<void>;
  /** Moves a file, in one step. If `to` exists, it is replaced. */
  rename(from: string, to: string): Promise<void>;
  /** Removes one name of a file. */
  unlink(path: string): Promise<void>;
}

/** The real files and processes of this machine. */
export const realFiles: LockFiles = {
  self: thisProcess(),
  isAlive: (owner) => Promise.resolve(isAlive(owner)),
  // The random part keeps two processes from meeting again and again.
  pause: (attempt) => sleep(2 ** Math.min(attempt, 5) * (1 + Math.random())),
  mkdir,
  readdir,
  readFile,
  writeFile,
  link,
  rename,
  unlink,
};

/** @returns the code of a system error, such as ENOENT (no such file) or EEXIST (file exists) */
export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException | null)?.code;
