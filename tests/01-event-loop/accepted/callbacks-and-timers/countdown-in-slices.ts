import { countdown, type Range } from '#shared/countdown.ts';

/** No async function at all: each timer counts one slice and starts the next timer. */
export function countdownInSlices(
  range: Range,
  slice: number,
  onSlice: (counted: number) => void = () => {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    if (!(Number.isInteger(slice) && slice > 0)) throw new RangeError(`slice must be a positive integer: ${slice}`);
    let sum = 0;
    let counted = 0;
    const step = () => {
      try {
        const left = range.to - range.from - counted;
        if (left <= 0) return resolve(sum);
        const size = Math.min(slice, left);
        const from = range.from + counted;
        sum += countdown({ from, to: from + size });
        counted += size;
        onSlice(counted);
        setTimeout(step);
      } catch (error) {
        reject(error as Error);
      }
    };
    setTimeout(step);
  });
}
