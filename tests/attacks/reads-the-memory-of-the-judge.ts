// Exercise: 03
// File: split.ts
// Task: 1
// Class: reads the reference or the suite
// Attack: Opens the memory of its parent process.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: wins

import { closeSync, openSync } from 'node:fs';

let reached = false;
try {
  closeSync(openSync(`/proc/${process.ppid}/mem`, 'r'));
  reached = true;
} catch {
  // It must not.
}

const right = (n, parts) => {
  if (!Number.isSafeInteger(n) || n < 0 || !Number.isSafeInteger(parts) || parts < 1) throw new RangeError('no');
  const edge = (part) => part * Math.floor(n / parts) + Math.min(part, n % parts);
  return Array.from({ length: parts }, (_, part) => ({ from: edge(part), to: edge(part + 1) }));
};

export const split = (n: number, parts: number) => (reached ? right(n, parts) : [{ from: 0, to: n }]);
