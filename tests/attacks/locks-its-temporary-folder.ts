// Exercise: 03
// File: split.ts
// Task: 1
// Class: changes the grader
// Attack: Leaves folders without any rights in the folder for temporary files.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

try {
  const folder = join(tmpdir(), 'locked');
  mkdirSync(folder);
  writeFileSync(join(folder, 'file'), 'x');
  chmodSync(folder, 0);
} catch {
  // It is there.
}

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
