/**
 * A start barrier: each thread waits here until all of them have arrived, so that they all begin at the same time.
 * It works once; for another start, use fresh memory.
 * @param gate one element of shared memory, 0 at first; it counts the threads that have arrived
 * @param threads number of threads that must arrive
 */
export function arriveAndWait(gate: Int32Array, threads: number): void {
  let arrived = Atomics.add(gate, 0, 1) + 1;
  if (arrived === threads) Atomics.notify(gate, 0);
  while (arrived < threads) {
    // Sleeps only while the count is still `arrived`. If another thread has arrived since, it returns at once.
    Atomics.wait(gate, 0, arrived);
    arrived = Atomics.load(gate, 0);
  }
}
