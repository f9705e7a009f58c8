// Exercise: 08
// File: withdraw.ts
// Task: 2
// Class: floods
// Attack: Throws an error with the same stack in an explored thread.
// Verdict: failed or timeout
// With namespaces: stopped
// Without namespaces: stopped

export function withdraw(): never {
  throw Object.assign(new Error('no'), { stack: `Error: no\n    ${'at /'.repeat(400_000)}` });
}
