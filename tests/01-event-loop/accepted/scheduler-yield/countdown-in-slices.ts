import { scheduler } from 'node:timers/promises';
import { countdown, type Range } from '#shared/countdown.ts';

/** The ranges of the slices, in order. */
function* slicesOf({ from, to }: Range, slice: number): Generator<Range> {
  for (let next = from; next < to; next += slice) yield { from: next, to: Math.min(next + slice, to) };
}

export async function countdownInSlices(range: Range, slice: number, onSlice?: (counted: number) => void) {
  if (!Number.isInteger(slice) || slice < 1) throw new RangeError('Expected slice to be a positive integer');
  let sum = 0;
  for (const each of slicesOf(range, slice)) {
    sum += countdown(each);
    onSlice?.(each.to - range.from);
    // Not after the last slice.
    if (each.to < range.to) await scheduler.yield();
  }
  return sum;
}
