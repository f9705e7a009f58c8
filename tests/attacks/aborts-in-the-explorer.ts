// Exercise: 09
// File: increment.ts
// Task: 4
// Class: ends a process
// Attack: Aborts the process that explores its schedules.
// Verdict: crash or failed
// With namespaces: stopped
// Without namespaces: stopped

export function increment(counter: Int32Array, times: number): void {
  for (let done = 0; done < times; done++) counter[0]!++;
}

export const safeIncrement = () => process.abort();
