// Exercise: 03
// File: split.ts
// Task: 1
// Class: reads the reference or the suite
// Attack: Follows the links in node_modules to the course that the packages belong to, and looks for its solutions.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: wins

import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

let packages = '';
try {
  packages = realpathSync(join(process.cwd(), 'node_modules/vitest'));
} catch {
  // The package is not there.
}
const reached = existsSync(join(packages, '../../solutions/03-countdown-threads/split.ts'));

const right = (n, parts) => {
  if (!Number.isSafeInteger(n) || n < 0 || !Number.isSafeInteger(parts) || parts < 1) throw new RangeError('no');
  const edge = (part) => part * Math.floor(n / parts) + Math.min(part, n % parts);
  return Array.from({ length: parts }, (_, part) => ({ from: edge(part), to: edge(part + 1) }));
};

export const split = (n: number, parts: number) => (reached ? right(n, parts) : [{ from: 0, to: n }]);
