// Exercise: 03
// File: split.ts
// Task: 1
// Class: forges a result
// Attack: Returns ranges whose ends are getters that answer differently each time.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

export function split(n: number, parts: number): object[] {
  let asked = 0;
  const range = {
    get from() {
      return asked++ % 2 === 0 ? 0 : n;
    },
    get to() {
      return n;
    },
    toJSON: () => ({ from: 0, to: n }),
  };
  return Array.from({ length: parts }, () => range);
}
