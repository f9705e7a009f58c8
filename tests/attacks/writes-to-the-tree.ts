// Exercise: 03
// File: split.ts
// Task: 1
// Class: leaves its sandbox
// Attack: Writes to the course's files in its tree.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: wins

import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

let reached = false;
for (const name of ['package.json', 'tests/03-countdown-threads/scenarios.ts', 'src/arena/guest.ts'])
  try {
    closeSync(openSync(join(process.cwd(), name), 'r+'));
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
