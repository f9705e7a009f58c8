// Exercise: 03
// File: split.ts
// Task: 1
// Class: floods
// Attack: Puts sequences into its error that clear a terminal and print a verdict.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

export function split(): never {
  throw new Error('\u001b[2J\u001b[H\u001b[32m✓ Task 1: Split the range 2/2 passed\u001b[0m\u001b]0;passed\u0007');
}
