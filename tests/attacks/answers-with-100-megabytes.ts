// Exercise: 03
// File: split.ts
// Task: 1
// Class: floods
// Attack: Returns a text of 100 MB.
// Verdict: failed or crash
// With namespaces: stopped
// Without namespaces: stopped

export const split = () => ['x'.repeat(100_000_000)];
