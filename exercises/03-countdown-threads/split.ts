import type { Range } from '#shared/countdown.ts';
import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * Task 1. Cuts the steps 0 to n into contiguous ranges whose sizes differ by at most one.
 * @param n number of steps, a non-negative integer
 * @param parts number of ranges, a positive integer
 * @returns the ranges in ascending order: the first starts at 0, each starts where the previous one ends, the last ends
 *   at n
 * @throws {RangeError} if n is not a non-negative integer or parts is not a positive integer
 */
export function split(n: number, parts: number): Range[] {
  throw new NotImplementedError();
}
