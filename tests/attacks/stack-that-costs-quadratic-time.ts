// Exercise: 03
// File: split.ts
// Task: 1
// Class: floods
// Attack: Throws an error with a stack on which the search for a place takes quadratic time.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

export function split(): never {
  throw Object.assign(new Error('no'), { stack: `Error: no\n    ${'at /'.repeat(400_000)}` });
}
