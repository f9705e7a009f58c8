import { countdown, type Range } from './countdown.ts';
import { split } from './split.ts';

export async function countdownOnThread(range: Range): Promise<number> {
  await new Promise(setImmediate);
  return countdown(range);
}

export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  const sums = await Promise.all(split(n, threads).map(countdownOnThread));
  return sums.reduce((total, sum) => total + sum, 0);
}
