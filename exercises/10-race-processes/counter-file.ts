import { NotImplementedError } from '#shared/not-implemented.ts';
import { type Files, nodeFiles } from './files.ts';

/**
 * Task 1: reads the count, with one `readFile`.
 * @param path the counter file: decimal digits, and perhaps a newline
 * @throws {InvalidCounterError} if the file holds no count (see invalid-counter-error.ts)
 * @throws the error of `readFile`, as it is
 */
export async function readCounter(path: string, files: Files = nodeFiles): Promise<number> {
  throw new NotImplementedError();
}

/**
 * Task 1: writes the count, with one `writeFile`. Creates the file if there is none.
 * @param count a non-negative safe integer
 * @throws {RangeError} if `count` is none; the file stays as it is
 * @throws the error of `writeFile`, as it is
 */
export async function writeCounter(path: string, count: number, files: Files = nodeFiles): Promise<void> {
  throw new NotImplementedError();
}

/**
 * Task 1: adds 1 to the count: reads it, then writes it.
 * @returns the count that it wrote
 * @throws what `readCounter` and `writeCounter` throw
 */
export async function increment(path: string, files: Files = nodeFiles): Promise<number> {
  throw new NotImplementedError();
}
