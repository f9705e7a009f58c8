// A schedule is a row of letters: A lets thread A take its next step, B lets thread B. One increment is two steps, the read and the write.

/** The shortest schedule after which an update is lost: A reads, B reads and writes, and A writes over it what it had worked out before. */
export function shortestLoss(): string {
  return 'AAABBA';
}

/** Two threads, five increments each: the schedule of all 20 steps that leaves the smallest count. */
export function smallestCount(): string {
  return [
    'A', //         A reads 0 and keeps it
    'BBBBBBBB', //  B counts to 4
    'A', //         A writes 1: the four are gone
    'B', //         B reads this 1 and keeps it
    'AAAAAAAA', //  A counts its other four, to 5, and is done
    'B', //         B writes 2
  ].join('');
}
