import type { Range } from '#shared/countdown.ts';

export const split = (n: number, parts: number): Range[] => {
  const isCount = (value: number, least: number) => Number.isInteger(value) && value >= least;
  if (!isCount(n, 0) || !isCount(parts, 1)) throw new RangeError(`cannot split ${n} into ${parts}`);
  const count = Math.min(n, parts);
  const cut = (at: number) => Math.round((at * n) / count);
  return [...Array(count).keys()].map((at) => ({ from: cut(at), to: cut(at + 1) }));
};
