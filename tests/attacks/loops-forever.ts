// Exercise: 01
// File: countdown-in-slices.ts
// Task: 1
// Class: never ends
// Attack: Computes forever, so that no verdict comes.
// Verdict: timeout
// With namespaces: stopped
// Without namespaces: stopped

export function countdownInSlices(): never {
  for (;;);
}
