/** B writes last what it has computed from the balance before A's write. */
export function losesA(): string {
  return 'ABAB';
}

/** A reads, then waits while all of B's deposit happens, then overwrites it. */
export function losesB(): string {
  return 'ABBA';
}

/** All read the same balance; the last to write decides. */
export function keepsOnlyB(): string {
  return 'ABCACB';
}
