import type { Range } from './countdown.ts';

/** Task 2: the sum of the range, counted by one Worker. Rejects when the Worker throws, or ends without an answer. */
export async function countdownOnThread(range: Range): Promise<number> {
  throw new Error('Not implemented yet');
}

/** Task 3: the sum of the steps 0…n, counted by `threads` Workers at the same time. Rejects with the first error; leaves no Worker running. */
export async function countdownOnThreads(n: number, threads: number): Promise<number> {
  throw new Error('Not implemented yet');
}
