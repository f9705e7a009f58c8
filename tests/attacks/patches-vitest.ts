// Exercise: 06
// File: thread-pool.ts
// Task: 1
// Class: patches built-ins
// Attack: Imports Vitest into its process and patches expect.
// Verdict: failed or crash or does not compile or timeout
// With namespaces: stopped
// Without namespaces: stopped

try {
  const { expect } = (await import('vitest' as string)) as { expect: { extend(matchers: object): void } };
  const yes = () => ({ pass: true, message: () => '' });
  expect.extend({ toBe: yes, toEqual: yes, toThrow: yes });
} catch {
  // It is not to be had.
}

export class ThreadPool {}
