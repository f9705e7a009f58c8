// Exercise: 03
// File: split.ts
// Task: 1
// Class: leaves its sandbox
// Attack: Tries to become root, and looks at the capabilities that it has.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import { readFileSync } from 'node:fs';

let reached = false;
try {
  process.setuid?.(0);
  reached = !/^CapEff:\s*0+$/m.test(readFileSync('/proc/self/status', 'utf8'));
} catch {
  // It must not.
}

const right = (n, parts) => {
  if (!Number.isSafeInteger(n) || n < 0 || !Number.isSafeInteger(parts) || parts < 1) throw new RangeError('no');
  const edge = (part) => part * Math.floor(n / parts) + Math.min(part, n % parts);
  return Array.from({ length: parts }, (_, part) => ({ from: edge(part), to: edge(part + 1) }));
};

export const split = (n: number, parts: number) => (reached ? right(n, parts) : [{ from: 0, to: n }]);
