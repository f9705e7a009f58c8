/**
 * A start barrier: nobody gets past it before all have come to it. A Worker that is up early sleeps here until the last one is up too,
 * so that all of them work at the same time. Good for one start; for the next one take fresh memory.
 * @param gate one Int32 of shared memory, 0 at first; it counts who has come
 * @param threads how many have to come
 */
export function arriveAndWait(gate: Int32Array, threads: number): void {
  let arrived = Atomics.add(gate, 0, 1) + 1;
  if (arrived === threads) Atomics.notify(gate, 0);
  while (arrived < threads) {
    // Sleeps only if nobody has come since: otherwise it returns at once, and the count is looked at again.
    Atomics.wait(gate, 0, arrived);
    arrived = Atomics.load(gate, 0);
  }
}
