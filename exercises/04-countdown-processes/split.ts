import type { Range } from '#shared/countdown.ts';

/**
 * Cuts the steps 0 to n into contiguous ranges whose sizes differ by at most one.
 * @param n number of steps, a non-negative integer
 * @param parts number of ranges, a positive integer
 * @returns `parts` ranges in ascending order: the first starts at 0, each starts where the previous one ends, the last
 *   ends at n; the last ones are empty if there are fewer steps than parts
 * @throws {RangeError} if n is not a non-negative integer or parts is not a positive integer
 */
export function split(n: number, parts: number): Range[] {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`Expected n to be a non-negative integer, got ${n}`);
  if (!Number.isSafeInteger(parts) || parts < 1)
    throw new RangeError(`Expected parts to be a positive integer, got ${parts}`);
  const size = Math.floor(n / parts);
  const longer = n % parts;
  return Array.from({ length: parts }, (_, index) => {
    // Integers only: Math.round(index * n / parts) leaves the safe integers if n is large.
    const from = index * size + Math.min(index, longer);
    return { from, to: from + size + (index < longer ? 1 : 0) };
  });
}
