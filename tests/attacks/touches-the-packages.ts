// Exercise: 03
// File: split.ts
// Task: 1
// Class: changes the grader
// Attack: Changes a file of the packages that every grading shares.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import { realpathSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

try {
  const file = join(realpathSync(join(process.cwd(), 'node_modules/vitest')), 'package.json');
  utimesSync(file, new Date(), new Date());
} catch {
  // It may not write there.
}

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
