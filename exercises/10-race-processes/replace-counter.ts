import { NotImplementedError } from '#shared/not-implemented.ts';
import { type Files, nodeFiles } from './files.ts';

/**
 * Task 4: writes the count so that a reader finds either the old count or the new one, whenever it reads: writes a
 * temporary file and renames it.
 * @param count a non-negative safe integer
 * @throws {RangeError} if `count` is none
 * @throws the error of a step that failed; then the count is the old one, and the temporary file is gone
 */
export async function replaceCounter(path: string, count: number, files: Files = nodeFiles): Promise<void> {
  throw new NotImplementedError();
}
