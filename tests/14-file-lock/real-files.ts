// The lock on real files, with the default `files`. Runs on the student's side.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLock } from '#kata/14-file-lock/file-lock.ts';

/** @returns whether the lock was taken, refused while it was held, and taken again after its release */
export async function takeAndRelease(): Promise<boolean[]> {
  return inFolder(async (folder) => {
    const path = join(folder, 'counter');
    const first = await tryLock(path);
    const second = await tryLock(path);
    await first?.release();
    const third = await tryLock(path);
    await third?.release();
    return [first !== undefined, second === undefined, third !== undefined];
  });
}

/** @returns the code of the system's error for a lock whose files would have to be inside a file */
export async function inAFile(): Promise<string> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, 'file'), '');
    const error = await tryLock(join(folder, 'file', 'counter')).then(
      (lock) => (lock ? 'a lock' : 'undefined'),
      (error: NodeJS.ErrnoException) => error.code,
    );
    return String(error);
  });
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kata-14-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
