// One fixed file holds the generation and its owner, and is replaced by rename. The next generation is claimed by a file
// that is created exclusively. No decision depends on a list of a folder.
import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { codeOf, realFiles, type LockFiles } from './lock-files.ts';
import type { Owner } from './owner.ts';

export interface FileLock {
  release(): Promise<void>;
}

export interface FileLockOptions {
  files?: LockFiles;
}

interface State {
  generation: number;
  owner?: Owner;
}

export async function tryLock(path: string, files: LockFiles = realFiles): Promise<FileLock | undefined> {
  const lock = `${path}.lock`;
  const before = (await read(lock, files)) ?? { generation: 0 };
  if (before.owner && (await files.isAlive(before.owner))) return undefined;
  for (let mine = before.generation + 1; ; mine++) {
    const claim = `${lock}.${mine}`;
    const draft = await write(lock, { generation: mine, owner: files.self }, files);
    if (await claimed(draft, claim, files)) {
      const now = (await read(lock, files)) ?? { generation: 0 };
      if (now.generation !== before.generation) {
        await remove(claim, files);
        await remove(draft, files);
        return undefined;
      }
      await files.rename(draft, lock);
      await removeAll(lock, files);
      return lockOf(lock, mine, files);
    }
    await remove(draft, files);
    // Somebody has claimed it before. If it died before it became the owner, the claim after its own is open.
    const other = await read(claim, files);
    if (!other?.owner || (await files.isAlive(other.owner))) return undefined;
  }
}

export async function withFileLock<T>(
  path: string,
  work: () => T | Promise<T>,
  { files = realFiles }: FileLockOptions = {},
): Promise<T> {
  let lock = await tryLock(path, files);
  for (let attempt = 0; !lock; attempt++) {
    await files.pause(attempt);
    lock = await tryLock(path, files);
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

function lockOf(lock: string, generation: number, files: LockFiles): FileLock {
  let released: Promise<void> | undefined;
  const release = async () => files.rename(await write(lock, { generation }, files), lock);
  return { release: () => (released ??= release()) };
}

async function read(file: string, files: LockFiles): Promise<State | undefined> {
  try {
    return JSON.parse(await files.readFile(file, 'utf8')) as State;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function write(lock: string, state: State, files: LockFiles): Promise<string> {
  const draft = `${lock}.draft-${randomUUID()}`;
  await files.writeFile(draft, JSON.stringify(state));
  return draft;
}

async function claimed(draft: string, claim: string, files: LockFiles): Promise<boolean> {
  try {
    await files.link(draft, claim);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function remove(file: string, files: LockFiles): Promise<void> {
  await files.unlink(file).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

/** Deletes claims and drafts: this list may be outdated, since all of them have become worthless. */
async function removeAll(lock: string, files: LockFiles): Promise<void> {
  const folder = dirname(lock);
  for (const name of await files.readdir(folder))
    if (name.startsWith(`${basename(lock)}.`)) await remove(join(folder, name), files);
}
