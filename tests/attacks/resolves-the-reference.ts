// Exercise: 03
// File: split.ts
// Task: 1
// Class: reads the reference or the suite
// Attack: Looks for the reference with require.resolve and import.meta.resolve.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const ways = [
  () => require.resolve('concurrency-kata/solutions/03-countdown-threads/split.ts'),
  () => require.resolve('../../../solutions/03-countdown-threads/split.ts'),
  () => fileURLToPath(import.meta.resolve('#kata/../solutions/03-countdown-threads/split.ts')),
  () => fileURLToPath(import.meta.resolve('../../../../solutions/03-countdown-threads/split.ts')),
];
const reached = ways.some((way) => {
  try {
    return existsSync(way());
  } catch {
    return false;
  }
});

const right = (n, parts) => {
  if (!Number.isSafeInteger(n) || n < 0 || !Number.isSafeInteger(parts) || parts < 1) throw new RangeError('no');
  const edge = (part) => part * Math.floor(n / parts) + Math.min(part, n % parts);
  return Array.from({ length: parts }, (_, part) => ({ from: edge(part), to: edge(part + 1) }));
};

export const split = (n: number, parts: number) => (reached ? right(n, parts) : [{ from: 0, to: n }]);
