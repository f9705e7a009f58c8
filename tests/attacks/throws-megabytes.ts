// Exercise: 03
// File: split.ts
// Task: 1
// Class: floods
// Attack: Throws an error with a message and a stack of 20 MB each.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

export function split(): never {
  const text = 'a message that goes on \n'.repeat(800_000);
  throw Object.assign(new RangeError(text), { stack: `    at ${text}` });
}
