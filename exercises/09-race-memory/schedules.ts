// A schedule is a row of letters: A lets thread A take its next step, B lets thread B. One increment is two steps, the read and the write.

/** Task 2: the shortest schedule after which an update is lost. */
export function shortestLoss(): string {
  throw new Error('Not implemented yet');
}

/** Task 3: two threads, five increments each: a schedule of all 20 steps that leaves the smallest count. */
export function smallestCount(): string {
  throw new Error('Not implemented yet');
}
