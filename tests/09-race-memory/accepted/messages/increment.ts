export function increment(counter: Int32Array, times: number): void {
  for (let done = 0; done < times; done += 1) counter[0] = (counter[0] as number) + 1;
}

export function safeIncrement(counter: Int32Array, times: number): void {
  Atomics.add(counter, 0, times);
}
