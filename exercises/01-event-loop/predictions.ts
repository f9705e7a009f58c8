import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * How many times as fast two tasks are when both are in progress on one event loop, compared with one after the other:
 * 1 if they take the same time, 2 if they take half the time, 0.5 if they take twice the time.
 */
export interface Predictions {
  /** Both tasks compute for one second. */
  computeAndCompute: number;
  /** Both tasks wait for a timer of one second. */
  waitAndWait: number;
  /** One task computes for one second in slices, the other waits for a timer of one second. */
  computeAndWait: number;
}

/** Task 4. */
export function predictions(): Predictions {
  throw new NotImplementedError();
}
