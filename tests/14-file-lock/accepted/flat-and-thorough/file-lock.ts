// Generations beside the counter, without a folder. Each attempt writes its draft first, and release replaces the record.
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

type Record = { state: 'held'; by: Owner } | { state: 'free' };

export async function tryLock(path: string, files: LockFiles = realFiles): Promise<FileLock | undefined> {
  const draft = `${path}.lock-draft-${randomUUID()}`;
  await files.writeFile(draft, JSON.stringify({ state: 'held', by: files.self } satisfies Record));
  try {
    return await take(path, draft, files);
  } finally {
    await ignoring('ENOENT', files.unlink(draft));
  }
}

async function take(path: string, draft: string, files: LockFiles): Promise<FileLock | undefined> {
  const file = (generation: bigint) => `${path}.lock-${generation}`;
  const last = await highest(path, files);
  if (last > 0n && !(await isFree(file(last), files))) return undefined;
  const mine = last + 1n;
  try {
    await files.link(draft, file(mine));
  } catch (error) {
    if (['EEXIST', 'ENOENT'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
  if ((await highest(path, files)) !== mine) {
    await ignoring('ENOENT', files.unlink(file(mine)));
    return undefined;
  }
  for (const name of await files.readdir(dirname(path))) {
    const other = join(dirname(path), name);
    if (name.startsWith(`${basename(path)}.lock-`) && other !== file(mine))
      await ignoring('ENOENT', files.unlink(other));
  }
  let release: Promise<void> | undefined;
  return {
    release: () =>
      (release ??= (async () => {
        const free = `${path}.lock-draft-${randomUUID()}`;
        await files.writeFile(free, JSON.stringify({ state: 'free' } satisfies Record));
        await files.rename(free, file(mine));
      })()),
  };
}

export async function withFileLock<T>(
  path: string,
  work: () => T | Promise<T>,
  options: FileLockOptions = {},
): Promise<T> {
  const files = options.files ?? realFiles;
  for (let attempt = 0; ; attempt++) {
    const lock = await tryLock(path, files);
    if (!lock) {
      await files.pause(attempt);
      continue;
    }
    const [outcome] = await Promise.allSettled([(async () => work())()]);
    await lock.release();
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  }
}

async function highest(path: string, files: LockFiles): Promise<bigint> {
  let top = 0n;
  for (const name of await files.readdir(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.lock-`)) continue;
    const number = name.slice(`${basename(path)}.lock-`.length);
    if (/^\d+$/.test(number) && BigInt(number) > top) top = BigInt(number);
  }
  return top;
}

async function isFree(generation: string, files: LockFiles): Promise<boolean> {
  const text = await ignoring('ENOENT', files.readFile(generation, 'utf8'));
  if (text === undefined) return false;
  const record = JSON.parse(text) as Record;
  return record.state === 'free' || !(await files.isAlive(record.by));
}

async function ignoring<T>(code: string, promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (codeOf(error) === code) return undefined;
    throw error;
  }
}
