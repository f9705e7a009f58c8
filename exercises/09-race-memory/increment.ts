/** Task 1: counts `counter[0]` up by one, `times` times, as anyone would write it: plain memory, no Atomics. */
export function increment(counter: Int32Array, times: number): void {
  throw new Error('Not implemented yet');
}

/** Task 4: the same, and with any number of threads no increment is lost. */
export function safeIncrement(counter: Int32Array, times: number): void {
  throw new Error('Not implemented yet');
}
