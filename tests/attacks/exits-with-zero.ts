// Exercise: 03
// File: split.ts
// Task: 1
// Class: ends a process
// Attack: Ends the process with exit code 0, as a run in which nothing failed would.
// Verdict: crash
// With namespaces: stopped
// Without namespaces: stopped

export function split(): never {
  process.exit(0);
}
