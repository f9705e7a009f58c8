// Exercise: 03
// File: split.ts
// Task: 1
// Class: forges a result
// Attack: Returns a proxy that equals whatever it is compared with.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

export const split = () => new Proxy([], { get: (_, name) => (name === 'length' ? 2 : 0), has: () => true });
