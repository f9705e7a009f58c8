/**
 * Adds 1 to `counter[0]`, `times` times, in plain memory. Each increment is a read and a write: what another thread
 * writes between the two is lost.
 * @param counter shared memory; only element 0 changes
 * @param times number of increments, a non-negative integer
 */
export function increment(counter: Int32Array, times: number): void {
  for (let done = 0; done < times; done++) counter[0]!++;
}

/**
 * Does what `increment` does and loses nothing: read, add and write are one step, so no other thread gets in between.
 * @param counter shared memory; only element 0 changes
 * @param times number of increments, a non-negative integer
 */
export function safeIncrement(counter: Int32Array, times: number): void {
  for (let done = 0; done < times; done++) Atomics.add(counter, 0, 1);
}
