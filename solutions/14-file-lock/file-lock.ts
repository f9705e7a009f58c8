import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { codeOf, realFiles, type LockFiles } from './lock-files.ts';
import type { Owner } from './owner.ts';

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
 *
 * The folder `<path>.lock` holds generations, files named 1, 2, 3 and so on. The highest one decides: if it is empty,
 * the lock is free, and otherwise it names the owner. Creating the next generation takes the lock.
 * @param path what the lock protects; it need not exist
 * @returns the lock, or `undefined` if a living process holds it or was faster
 * @throws {Error} the system's error if the folder can't be written
 */
export async function tryLock(path: string, files: LockFiles = realFiles): Promise<FileLock | undefined> {
  const folder = `${path}.lock`;
  await files.mkdir(folder, { recursive: true });
  const last = highest(await files.readdir(folder));
  if (last > 0 && (await isHeld(join(folder, String(last)), files))) return undefined;

  const mine = String(last + 1);
  if (!(await create(join(folder, mine), folder, files))) return undefined;

  const names = await files.readdir(folder);
  if (highest(names) > Number(mine)) {
    // `last` was outdated: meanwhile others have come and gone, and have deleted generations, mine included.
    await remove(join(folder, mine), files);
    return undefined;
  }
  // Nothing here is needed any more: lower generations, and drafts of the dead. A living process makes a new draft.
  for (const name of names) if (name !== mine) await remove(join(folder, name), files);
  return lockOf(join(folder, mine), files);
}

/**
 * Task 2: runs `work` while it holds the lock, and releases the lock however the work ends.
 * @param path what the lock protects; it need not exist
 * @returns what the work returns
 * @throws what the work throws, or the system's error if the folder can't be written
 */
export async function withFileLock<T>(
  path: string,
  work: () => T | Promise<T>,
  { files = realFiles }: FileLockOptions = {},
): Promise<T> {
  const lock = await lockWhenFree(path, files);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function lockWhenFree(path: string, files: LockFiles): Promise<FileLock> {
  for (let attempt = 0; ; attempt++) {
    const lock = await tryLock(path, files);
    if (lock) return lock;
    await files.pause(attempt);
  }
}

/** @returns the highest generation, 0 if there is none */
const highest = (names: readonly string[]): number =>
  Math.max(0, ...names.filter((name) => /^\d+$/.test(name)).map(Number));

async function isHeld(generation: string, files: LockFiles): Promise<boolean> {
  try {
    const record = await files.readFile(generation, 'utf8');
    return record !== '' && (await files.isAlive(JSON.parse(record) as Owner));
  } catch (error) {
    // A newer owner has deleted it.
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
}

/**
 * Creates a generation with its whole content in one step, so that nobody ever sees half of it.
 * @returns whether it was created: not if another process was faster
 */
async function create(generation: string, folder: string, files: LockFiles): Promise<boolean> {
  const draft = join(folder, `${randomUUID()}.draft`);
  try {
    await files.writeFile(draft, JSON.stringify(files.self));
    await files.link(draft, generation);
    return true;
  } catch (error) {
    // ENOENT: a new owner has cleaned up, and the draft is gone.
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    await remove(draft, files);
  }
}

async function remove(file: string, files: LockFiles): Promise<void> {
  try {
    await files.unlink(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function lockOf(generation: string, files: LockFiles): FileLock {
  let held = true;
  return {
    async release() {
      if (!held) return;
      held = false;
      // Emptied, not deleted: without its highest number, the folder would start again at one that is in use.
      await files.writeFile(generation, '');
    },
  };
}
