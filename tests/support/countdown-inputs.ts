import { randomInt } from 'node:crypto';

/** A failure prints it; `KATA_SEED=…` gives it back. */
export const seed = Number(process.env['KATA_SEED'] ?? randomInt(2 ** 32));

let state = seed | 0;

/** @returns a whole number from `least` to `most`, another one in each run (xorshift32, Marsaglia 2003, after a stride that leaves 0) */
export function draw(least: number, most: number): number {
  state = (state + 0x9e3779b9) | 0;
  let word = state;
  word ^= word << 13;
  word ^= word >>> 17;
  word ^= word << 5;
  return least + ((word >>> 0) % (most - least + 1));
}
