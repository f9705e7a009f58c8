import type { Range } from '#shared/countdown.ts';
import { countdownInSlices } from './countdown-in-slices.ts';

/**
 * Counts several ranges on one event loop. They take turns: one slice of each, then the next slice of each.
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
  // Every task counts its first slice and queues up for the next turn. The queue is first in, first out: A B A B.
  return Promise.all(ranges.map((range, index) => countdownInSlices(range, slice, () => onSlice?.(index))));
}
