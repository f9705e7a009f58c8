import { firstSeed } from '#shared/first-seed.ts';

/** A range of steps that includes `from` and excludes `to`: `{ from: 0, to: 3 }` holds the steps 0, 1 and 2. */
export interface Range {
  from: number;
  to: number;
}

/** The number of a step gives the seed of its random numbers, and a seed has 32 bits. */
const STEPS = 2 ** 32;

/**
 * The job that the exercises split up. It only computes and never waits: each step draws three random integers
 * a, b and c from −3 to 3 and adds (a−b)² + (a−c)² + (b−c)².
 *
 * What a step draws depends on nothing but its number. So the sums of the parts add up to the sum of the whole, and a
 * step that is skipped or counted twice changes the result.
 * @param range steps to count; `to` is at most 2³² (4,294,967,296)
 * @returns the sum over all steps of the range, 0 for an empty range
 * @throws {RangeError} before the first step, unless `from` and `to` are integers and 0 ≤ from ≤ to ≤ 2³²
 */
export function countdown({ from, to }: Range): number {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to || to > STEPS) {
    throw new RangeError(`countdown expects integers with 0 <= from <= to <= ${STEPS}, got from ${from} to ${to}`);
  }
  let sum = 0;
  for (let step = from; step < to; step++) {
    const draw = dice(firstSeed + step);
    const a = draw();
    const b = draw();
    const c = draw();
    sum += (a - b) ** 2 + (a - c) ** 2 + (b - c) ** 2;
  }
  return sum;
}

/** @returns a function that draws a random integer from −3 to 3 at each call; the same seed gives the same series */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    // The increment of SplitMix (Steele, Lea, Flood 2014), 2³² divided by the golden ratio: the series of neighboring
    // seeds don't overlap.
    state = (state + 0x9e3779b9) | 0;
    return Math.floor((mix(state) / 2 ** 32) * 7) - 3;
  };
}

/**
 * The 32-bit finalizer of MurmurHash3 (Austin Appleby, public domain).
 * Each bit of the input changes about half of the bits of the output.
 */
function mix(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
