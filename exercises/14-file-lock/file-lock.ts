import { NotImplementedError } from '#shared/not-implemented.ts';
import { realFiles, type LockFiles } from './lock-files.ts';

/** A lock that the caller holds. */
export interface FileLock {
  /** Releases the lock. Calling it again has no effect. */
  release(): Promise<void>;
}

export interface FileLockOptions {
  /** The system to work on; real files and processes by default. */
  files?: LockFiles;
}

/**
 * Tasks 1 and 3: takes the lock if it is free or if its owner is dead. Doesn't wait.
 * @param path what the lock protects; it need not exist
 * @returns the lock, or `undefined` if a living process holds it or was faster
 * @throws {Error} the system's error if a file can't be written
 */
export function tryLock(path: string, files: LockFiles = realFiles): Promise<FileLock | undefined> {
  throw new NotImplementedError();
}

/**
 * Task 2: runs `work` while it holds the lock, and releases the lock however the work ends.
 * @param path what the lock protects; it need not exist
 * @returns what the work returns
 * @throws what the work throws, or the system's error if a file can't be written
 */
export function withFileLock<T>(
  path: string,
  work: () => T | Promise<T>,
  { files = realFiles }: FileLockOptions = {},
): Promise<T> {
  throw new NotImplementedError();
}
