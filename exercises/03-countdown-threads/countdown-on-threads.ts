import type { Range } from '#shared/countdown.ts';
import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * Task 2. Counts a range in one Worker.
 * @param range steps to count
 * @returns the sum, as `countdown` returns it
 * @throws the error that the Worker threw, or an Error if the Worker ended without an answer
 */
export async function countdownOnThread(range: Range): Promise<number> {
  throw new NotImplementedError();
}

/**
 * Task 3. Counts the steps 0 to n in several Workers at the same time. When it settles, no Worker is running.
 * @param n number of steps, a non-negative integer
 * @param threads number of Workers, a positive integer
 * @returns the sum over all steps
 * @throws the first error of a Worker, after it has terminated the others
 * @throws {RangeError} if n or threads is invalid
 */
export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  throw new NotImplementedError();
}
