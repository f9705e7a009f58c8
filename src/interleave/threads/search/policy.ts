/** Picks one of the threads in `choices` (bits); made anew for each schedule. */
export type Policy = (choices: number) => number;

/** @returns the threads in a mask, by number */
export function threadsIn(mask: number): number[] {
  const threads: number[] = [];
  for (let left = mask; left !== 0; left &= left - 1) threads.push(31 - Math.clz32(left & -left));
  return threads;
}

/** @returns an integer from 0 to below `limit` */
export function below(limit: number, random: () => number): number {
  return Math.floor(random() * limit);
}
