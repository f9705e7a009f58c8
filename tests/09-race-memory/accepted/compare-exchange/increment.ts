export const increment = (counter: Int32Array, times: number): void => {
  while (times-- > 0) {
    const before = counter[0] ?? 0;
    counter[0] = before + 1;
  }
};

export function safeIncrement(counter: Int32Array, times: number): void {
  for (let done = 0; done < times;) {
    const before = Atomics.load(counter, 0);
    if (Atomics.compareExchange(counter, 0, before, before + 1) === before) done++;
  }
}
