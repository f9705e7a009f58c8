// Exercise: 03
// File: split.ts
// Task: 1
// Class: reads the reference or the suite
// Attack: Reads the text of the suite to learn what it asks.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: wins

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(process.cwd(), 'tests/03-countdown-threads');
const reached = readdirSync(folder).some(
  (name) => name.endsWith('.test.ts') && readFileSync(join(folder, name), 'utf8').includes('Task 1: Split the range'),
);

const right = (n, parts) => {
  if (!Number.isSafeInteger(n) || n < 0 || !Number.isSafeInteger(parts) || parts < 1) throw new RangeError('no');
  const edge = (part) => part * Math.floor(n / parts) + Math.min(part, n % parts);
  return Array.from({ length: parts }, (_, part) => ({ from: edge(part), to: edge(part + 1) }));
};

export const split = (n: number, parts: number) => (reached ? right(n, parts) : [{ from: 0, to: n }]);
