import { NotImplementedError } from '#shared/not-implemented.ts';
import type { FileLockOptions } from './file-lock.ts';
import { realFiles } from './lock-files.ts';

/**
 * Task 4: adds 1 to the number in a file, under the file's lock. However the process dies, the file holds the number
 * from before or the one from after.
 * @param path the file; if there is none, the count begins at 0
 * @returns the new count
 */
export function increment(path: string, { files = realFiles }: FileLockOptions = {}): Promise<number> {
  throw new NotImplementedError();
}
