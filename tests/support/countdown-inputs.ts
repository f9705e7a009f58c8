import { firstSeed } from '#shared/first-seed.ts';

/** Drawn once for a run, for the sums too. A failing check prints it; `kata run … --seed` repeats the run. */
export const seed = firstSeed;

/**
 * Xorshift32 (Marsaglia 2003). Adding a constant first keeps the state from getting stuck at 0.
 * @returns a function that draws an integer from `least` to `most`; the same seed gives the same series
 */
export function drawFrom(seed: number): (least: number, most: number) => number {
  let state = seed | 0;
  return (least, most) => {
    state = (state + 0x9e3779b9) | 0;
    let word = state;
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    return least + ((word >>> 0) % (most - least + 1));
  };
}

/** Draws an integer from `least` to `most`, a different one in each run. */
export const draw = drawFrom(seed);
