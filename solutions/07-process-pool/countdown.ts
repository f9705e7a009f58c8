/** A stretch of steps, counted from 0: `from` belongs to it, `to` no longer does. `{ from: 0, to: 3 }` is the steps 0, 1 and 2. */
export interface Range {
  from: number;
  to: number;
}

/** Steps are numbered in 32 bits, since a step's number is the seed of its random numbers. */
const STEPS = 2 ** 32;

/**
 * The lecture's piece of work, with nothing in it that waits: each step draws three integers a, b, c in −3…3 and adds
 * (a−b)² + (a−c)² + (b−c)². A step's draws depend on its number alone, so the sums of any parts add up to the sum of the whole,
 * and a step that was left out or done twice shows.
 * @param range steps to do, from 0 up to 4 294 967 296 (2³²) exclusive
 * @returns the sum over all steps of the range; 0 for an empty one
 * @throws {RangeError} at once, when the range holds a step that cannot be counted (below 0, not whole, from 2³² on) or ends before it begins
 */
export function countdown({ from, to }: Range): number {
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || from > to || to > STEPS) {
    throw new RangeError(`countdown counts whole steps from 0 to ${STEPS}, got from ${from} to ${to}`);
  }
  let sum = 0;
  for (let step = from; step < to; step++) {
    const draw = dice(step);
    const a = draw();
    const b = draw();
    const c = draw();
    sum += (a - b) ** 2 + (a - c) ** 2 + (b - c) ** 2;
  }
  return sum;
}

/** @returns a function that draws a random integer in −3…3 at each call, the same series for the same seed */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    // SplitMix's stride (Steele, Lea, Flood 2014): 2³² over the golden ratio, so neighbouring seeds share no draws in a row.
    state = (state + 0x9e3779b9) | 0;
    return Math.floor((mix(state) / 2 ** 32) * 7) - 3;
  };
}

/** The 32-bit finalizer of MurmurHash3 (Austin Appleby, public domain): every bit of the input changes about half of the output's. */
function mix(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
