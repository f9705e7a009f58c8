import { type Files, nodeFiles } from './files.ts';
import { InvalidCounterError } from './invalid-counter-error.ts';

/**
 * Reads the count, with one `readFile`.
 * @param path the counter file: decimal digits, and perhaps a newline
 * @throws {InvalidCounterError} if the file holds no count
 * @throws the error of `readFile`, as it is
 */
export async function readCounter(path: string, files: Files = nodeFiles): Promise<number> {
  const text = await files.readFile(path, 'utf8');
  // Number('') is 0: without this test, an empty file would start the count again.
  if (!/^\d+\n?$/.test(text) || !Number.isSafeInteger(Number(text))) throw new InvalidCounterError(path, text);
  return Number(text);
}

/**
 * Writes the count, with one `writeFile`. Creates the file if there is none.
 * @param count a non-negative safe integer
 * @throws {RangeError} if `count` is none; the file stays as it is
 * @throws the error of `writeFile`, as it is
 */
export async function writeCounter(path: string, count: number, files: Files = nodeFiles): Promise<void> {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new RangeError(`Expected count to be a non-negative safe integer, got ${String(count)}`);
  await files.writeFile(path, String(count));
}

/**
 * Adds 1 to the count: reads it, then writes it. What another process writes in between is lost.
 * @returns the count that it wrote
 * @throws what `readCounter` and `writeCounter` throw
 */
export async function increment(path: string, files: Files = nodeFiles): Promise<number> {
  const count = (await readCounter(path, files)) + 1;
  await writeCounter(path, count, files);
  return count;
}
