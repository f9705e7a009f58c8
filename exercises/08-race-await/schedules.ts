/** Task 1: deposits A (50) and B (20) on a balance of 100. An order of the four answers, such as 'AABB', after which A's 50 is missing. */
export function losesA(): string {
  throw new Error('Not implemented yet');
}

/** Task 1: the same two deposits; an order after which B's 20 is missing. */
export function losesB(): string {
  throw new Error('Not implemented yet');
}

/** Task 1: deposits A (50), B (20) and C (10); an order of the six answers after which B's 20 is all that has arrived. */
export function keepsOnlyB(): string {
  throw new Error('Not implemented yet');
}
