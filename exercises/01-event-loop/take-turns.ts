import type { Range } from '#shared/countdown.ts';
import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * Task 2: counts several ranges on one event loop. They take turns: one slice of each, then the next slice of each.
 * @param ranges steps to count, one range for each task
 * @param slice number of steps in a turn, a positive integer
 * @param onSlice called after each slice with the index of its range in `ranges`
 * @returns the sums, in the order of the ranges
 * @throws what onSlice throws (as a rejection)
 * @throws {RangeError} (as a rejection) if slice is not a positive integer
 */
export async function takeTurns(
  ranges: readonly Range[],
  slice: number,
  onSlice?: (index: number) => void,
): Promise<number[]> {
  throw new NotImplementedError();
}
