// Exercise: 03
// File: split.ts
// Task: 1
// Class: forges a result
// Attack: Gives every object a verdict, a state and a toJSON by the prototypes.
// Verdict: failed or timeout or crash or does not compile
// With namespaces: stopped
// Without namespaces: stopped

for (const [name, value] of Object.entries({
  verdict: 'passed',
  state: 'passed',
  reason: 'returned',
  outcome: 'value',
}))
  Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
Object.defineProperty(Array.prototype, 'toJSON', { value: () => [], configurable: true });

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
