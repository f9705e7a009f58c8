import type { Range } from './countdown.ts';

/**
 * Cuts the steps 0…n into neighbouring ranges whose sizes differ by at most one.
 * @param n number of steps, a whole number from 0
 * @param parts number of ranges, a whole number from 1; the last ones are empty where there are fewer steps than parts
 * @returns `parts` ranges in order, the first from 0, the last to n
 * @throws {RangeError} for any other n or parts
 */
export function split(n: number, parts: number): Range[] {
  if (!Number.isSafeInteger(parts) || parts < 1)
    throw new RangeError(`parts must be a whole number from 1, got ${parts}`);
  const size = Math.floor(n / parts);
  const longer = n % parts;
  return Array.from({ length: parts }, (_, index) => {
    // Whole numbers only: Math.round(index * n / parts) leaves the safe integers for a large n.
    const from = index * size + Math.min(index, longer);
    return { from, to: from + size + (index < longer ? 1 : 0) };
  });
}
