import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * Task 1: loses A's deposit. Deposits A (50) and B (20) start together on a balance of 100.
 * @returns a complete schedule, such as 'AABB', after which the balance is 120
 */
export function losesA(): string {
  throw new NotImplementedError();
}

/**
 * Task 1: loses B's deposit. Deposits A (50) and B (20) start together on a balance of 100.
 * @returns a complete schedule after which the balance is 150
 */
export function losesB(): string {
  throw new NotImplementedError();
}

/**
 * Task 1: loses two of three. Deposits A (50), B (20) and C (10) start together on a balance of 100.
 * @returns a complete schedule after which the balance is 120
 */
export function keepsOnlyB(): string {
  throw new NotImplementedError();
}
