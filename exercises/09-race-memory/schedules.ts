import { NotImplementedError } from '#shared/not-implemented.ts';

// A schedule is a string of letters: A lets thread A take its next step, B lets thread B. One increment is two steps, a
// read and a write.

/**
 * Task 2: finds the shortest way to lose an update.
 * @returns a shortest schedule after which the count is below the number of completed increments
 */
export function shortestLoss(): string {
  throw new NotImplementedError();
}

/**
 * Task 3: finds the worst end of two threads with five increments each.
 * @returns a schedule of all 20 steps that leaves the smallest count
 */
export function smallestCount(): string {
  throw new NotImplementedError();
}
