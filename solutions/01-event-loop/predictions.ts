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

export function predictions(): Predictions {
  return {
    // One thread computes one thing at a time: all steps of both tasks must be done, in whatever order.
    computeAndCompute: 1,
    // Waiting needs no thread: both timers run at the same time.
    waitAndWait: 2,
    // One task computes during the time in which the other one waits.
    computeAndWait: 2,
  };
}
