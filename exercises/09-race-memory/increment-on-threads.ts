import { NotImplementedError } from '#shared/not-implemented.ts';

/** What a Worker receives as `workerData`. Both arrays are views of shared memory. */
export interface Job {
  /** The function of increment.ts that the Worker calls. */
  work: 'increment' | 'safeIncrement';
  /** One element, 0 at first. */
  counter: Int32Array;
  /** Number of increments that this Worker does. */
  times: number;
  /** The start barrier's memory: one element, 0 at first. */
  gate: Int32Array;
  /** Number of Workers that meet at the start barrier. */
  threads: number;
}

/**
 * Task 1: starts `threads` Workers that increment one shared counter. No Worker begins before all have started.
 * @param threads number of Workers, a positive integer
 * @param times number of increments that each Worker does
 * @param work the function of increment.ts that the Workers call
 * @returns what the counter holds in the end: `threads * times` if no update was lost
 * @throws the first error of a Worker; once the promise has settled, no Worker is running
 */
export async function incrementOnThreads(
  threads: number,
  times: number,
  work: Job['work'] = 'increment',
): Promise<number> {
  throw new NotImplementedError();
}
