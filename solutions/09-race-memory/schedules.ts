// A schedule is a string of letters: A lets thread A take its next step, B lets thread B. One increment is two steps, a
// read and a write.

/**
 * Finds the shortest way to lose an update: A reads, B reads and writes, and A overwrites what B wrote.
 * @returns a shortest schedule after which the count is below the number of completed increments
 */
export function shortestLoss(): string {
  return 'ABBA';
}

/**
 * Finds the worst end of two threads with five increments each.
 * @returns a schedule of all 20 steps that leaves the smallest count
 */
export function smallestCount(): string {
  return [
    'A', //         A reads 0 and keeps it
    'BBBBBBBB', //  B counts to 4
    'A', //         A writes 1: B's four increments are lost
    'B', //         B reads this 1 and keeps it
    'AAAAAAAA', //  A counts its other four, to 5, and is done
    'B', //         B writes 2: A's four increments are lost
  ].join('');
}
