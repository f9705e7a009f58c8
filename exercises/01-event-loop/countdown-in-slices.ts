import type { Range } from '#shared/countdown.ts';
import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * Task 1: counts a range as `countdown` does, and gives the event loop back after each slice.
 * @param range steps to count
 * @param slice number of steps to count before the event loop gets its turn, a positive integer
 * @param onSlice called after each slice with the number of steps counted so far
 * @returns the sum, as `countdown` returns it
 * @throws what onSlice throws (as a rejection); no further slice is counted
 * @throws {RangeError} (as a rejection) if slice is not a positive integer
 */
export async function countdownInSlices(
  range: Range,
  slice: number,
  onSlice?: (counted: number) => void,
): Promise<number> {
  throw new NotImplementedError();
}
