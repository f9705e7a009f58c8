// Exercise: 08
// File: withdraw.ts
// Task: 2
// Class: floods
// Attack: The same stack, thrown in an explored thread.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

export function withdraw(): never {
  throw Object.assign(new Error('no'), { stack: `Error: no\n    ${'at /'.repeat(400_000)}` });
}
