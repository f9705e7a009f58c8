// The lock on real files, with the default `files`. Runs on the student's side.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLock, withFileLock } from '#kata/14-file-lock/file-lock.ts';

/** @returns what happened when the lock was taken, asked for again, released and taken again; then its rejection */
export async function takeAndRelease(): Promise<boolean[]> {
  return inFolder(async (folder) => {
    const path = join(folder, 'counter');
    const first = await tryLock(path);
    const second = await tryLock(path);
    await first?.release();
    const third = await withFileLock(path, () => 'worked');
    return [first !== undefined, second === undefined, third === 'worked'];
  });
}

/** @returns the code of the system's error, if the folder of the lock can't be made because it would be in a file */
export async function inAFile(): Promise<string> {
  return inFolder(async (folder) => {
    await writeFile(join(folder, 'file'), '');
    const error = await withFileLock(join(folder, 'file', 'counter'), () => 'worked').then(
      (value) => value,
      (error: NodeJS.ErrnoException) => error.code ?? (error.cause as NodeJS.ErrnoException | undefined)?.code,
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
