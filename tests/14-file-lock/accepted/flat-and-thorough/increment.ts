import { randomUUID } from 'node:crypto';
import { withFileLock, type FileLockOptions } from './file-lock.ts';
import { codeOf, realFiles } from './lock-files.ts';

/** A draft with a random name stays behind a process that dies. It does no harm, and is not a file of the lock. */
export async function increment(path: string, { files = realFiles }: FileLockOptions = {}): Promise<number> {
  let count = 0;
  await withFileLock(
    path,
    async () => {
      const text = await files.readFile(path, 'utf8').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return '0\n';
        throw error;
      });
      count = Number.parseInt(text, 10) + 1;
      const draft = `${path}-${randomUUID()}`;
      await files.writeFile(draft, `${count}\n`, { flag: 'wx' });
      await files.rename(draft, path);
    },
    { files },
  );
  return count;
}
