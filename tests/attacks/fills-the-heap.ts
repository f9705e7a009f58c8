// Exercise: 03
// File: split.ts
// Task: 1
// Class: floods
// Attack: Fills the heap of its process.
// Verdict: crash
// With namespaces: stopped
// Without namespaces: stopped

export function split(): never {
  const all: number[][] = [];
  for (;;) all.push(new Array(100_000).fill(all.length));
}
