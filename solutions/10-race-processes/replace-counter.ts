import { randomUUID } from 'node:crypto';
import { writeCounter } from './counter-file.ts';
import { type Files, nodeFiles } from './files.ts';

/**
 * Writes the count so that a reader finds either the old count or the new one, whenever it reads: writes a temporary
 * file and renames it.
 * @param count a non-negative safe integer
 * @throws {RangeError} if `count` is none
 * @throws the error of a step that failed; then the count is the old one, and the temporary file is gone
 */
export async function replaceCounter(path: string, count: number, files: Files = nodeFiles): Promise<void> {
  // Beside the counter file, because a rename can't lead to another file system. The name is new in each call: two
  // writers with the same temporary file would tear it.
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeCounter(temporary, count, files);
    await files.rename(temporary, path);
  } catch (error) {
    // This may fail as well, for example if there is no file yet. The caller needs the first error.
    await files.unlink(temporary).catch(() => undefined);
    throw error;
  }
}
