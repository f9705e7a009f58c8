import { setImmediate as nextTurn } from 'node:timers/promises';
import { countdown, type Range } from '#shared/countdown.ts';

/**
 * Counts a range as `countdown` does, and gives the event loop back after each slice.
 * @param range steps to count
 * @param slice number of steps to count before the event loop gets its turn, a positive integer
 * @param onSlice called after each slice with the number of steps counted so far
 * @returns the sum, as `countdown` returns it
 * @throws what onSlice throws (as a rejection); no further slice is counted
 * @throws {RangeError} (as a rejection) if slice is not a positive integer
 */
export async function countdownInSlices(
  { from, to }: Range,
  slice: number,
  onSlice?: (counted: number) => void,
): Promise<number> {
  if (!Number.isSafeInteger(slice) || slice < 1)
    throw new RangeError(`Expected slice to be a positive integer, got ${slice}`);
  let sum = 0;
  for (let next = from; next < to;) {
    const end = Math.min(next + slice, to);
    sum += countdown({ from: next, to: end });
    next = end;
    onSlice?.(next - from);
    await nextTurn();
  }
  return sum;
}
