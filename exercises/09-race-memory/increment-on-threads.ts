/** What a Worker gets: which function of increment.ts to run, and on what. Both arrays lie over shared memory. */
export interface Job {
  work: 'increment' | 'safeIncrement';
  counter: Int32Array;
  times: number;
  /** The start barrier's memory. */
  gate: Int32Array;
  threads: number;
}

/**
 * Task 1: `threads` Workers call `work` with the same shared counter, `times` increments each, and all start at the same time.
 * Gives the number that the counter holds in the end. Rejects when a Worker fails; leaves no Worker running.
 */
export async function incrementOnThreads(
  threads: number,
  times: number,
  work: Job['work'] = 'increment',
): Promise<number> {
  throw new Error('Not implemented yet');
}
