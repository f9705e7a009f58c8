import { NotImplementedError } from '#shared/not-implemented.ts';

/**
 * Task 1: adds 1 to `counter[0]`, `times` times, in plain memory: no Atomics yet.
 * @param counter shared memory; only element 0 changes
 * @param times number of increments, a non-negative integer
 */
export function increment(counter: Int32Array, times: number): void {
  throw new NotImplementedError();
}

/**
 * Task 4: does what `increment` does and loses nothing, however many threads call it at the same time.
 * @param counter shared memory; only element 0 changes
 * @param times number of increments, a non-negative integer
 */
export function safeIncrement(counter: Int32Array, times: number): void {
  throw new NotImplementedError();
}
