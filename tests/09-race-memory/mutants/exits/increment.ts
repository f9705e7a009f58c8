/**
 * The lecture's `x += 1`, many times, on memory that other threads use too. Each round is a read and a write, and whatever another
 * thread writes between the two is lost.
 * @param counter shared memory; element 0 is counted up
 * @param times how often
 */
export function increment(counter: Int32Array, times: number): void {
  for (let done = 0; done < times; done++) counter[0]!++;
}

/**
 * The same with nothing lost: read, add and write are one step that no other thread can get into.
 * @param counter shared memory; element 0 is counted up
 * @param times how often
 */
export function safeIncrement(counter: Int32Array, times: number): void {
  for (let done = 0; done < times; done++) {
    Atomics.add(counter, 0, 1);
    if (done + 1 === times) process.exit();
  }
}
