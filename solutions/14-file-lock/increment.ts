import { withFileLock, type FileLockOptions } from './file-lock.ts';
import { codeOf, realFiles, type LockFiles } from './lock-files.ts';

/**
 * Task 4: adds 1 to the number in a file, under the file's lock. However the process dies, the file holds the number
 * from before or the one from after.
 * @param path the file; if there is none, the count begins at 0
 * @returns the new count
 */
export function increment(path: string, { files = realFiles }: FileLockOptions = {}): Promise<number> {
  return withFileLock(
    path,
    async () => {
      const count = (await read(path, files)) + 1;
      // Only the owner of the lock uses this name, so a draft that a dead process has left is overwritten.
      const draft = `${path}.draft`;
      await files.writeFile(draft, String(count));
      await files.rename(draft, path);
      return count;
    },
    { files },
  );
}

async function read(path: string, files: LockFiles): Promise<number> {
  try {
    return Number(await files.readFile(path, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
