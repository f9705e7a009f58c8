import { randomInt } from 'node:crypto';

/** A failing check prints the seed; `KATA_SEED=…` repeats it. */
export const seed = Number(process.env['KATA_SEED'] ?? randomInt(2 ** 32));

let state = seed | 0;

/**
 * Xorshift32 (Marsaglia 2003). Adding a constant first keeps the state from getting stuck at 0.
 * @returns an integer from `least` to `most`, a different one in each run
 */
export function draw(least: number, most: number): number {
  state = (state + 0x9e3779b9) | 0;
  let word = state;
  word ^= word << 13;
  word ^= word >>> 17;
  word ^= word << 5;
  return least + ((word >>> 0) % (most - least + 1));
}
