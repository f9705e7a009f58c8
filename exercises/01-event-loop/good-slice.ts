import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * Task 3.
 * @returns a number of steps for a slice: small enough to keep the event loop responsive, and large enough to waste
 *   little time between the slices
 */
export function goodSlice(): number {
  throw new NotImplementedError();
}
