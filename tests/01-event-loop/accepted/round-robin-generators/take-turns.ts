import { setTimeout as sleep } from 'node:timers/promises';
import { countdown, type Range } from '#shared/countdown.ts';

/** A generator yields after each slice and returns the sum. */
function* counting({ from, to }: Range, slice: number): Generator<undefined, number> {
  let sum = 0;
  for (let next = from; next < to; next += slice) {
    sum += countdown({ from: next, to: Math.min(next + slice, to) });
    yield;
  }
  return sum;
}

/** A scheduler of its own: a queue of generators, and one turn of the event loop for each round. */
export async function takeTurns(
  ranges: readonly Range[],
  slice: number,
  onSlice?: (index: number) => void,
): Promise<number[]> {
  if (!Number.isInteger(slice) || slice <= 0) throw new RangeError('slice');
  const sums = ranges.map(() => 0);
  let queue = ranges.map((range, index) => ({ index, steps: counting(range, slice) }));
  while (queue.length > 0) {
    const again: typeof queue = [];
    for (const task of queue) {
      const { done, value } = task.steps.next();
      if (done) {
        sums[task.index] = value;
        continue;
      }
      onSlice?.(task.index);
      again.push(task);
    }
    queue = again;
    await sleep(0);
  }
  return sums;
}
