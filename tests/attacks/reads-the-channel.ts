// Exercise: 03
// File: split.ts
// Task: 1
// Class: never ends
// Attack: Reads the judge's requests off its channel, so that they never arrive.
// Verdict: timeout or failed or crash
// With namespaces: stopped
// Without namespaces: stopped

import { readSync } from 'node:fs';
import { setInterval } from 'node:timers';

const bytes = Buffer.alloc(65_536);
setInterval(() => {
  try {
    readSync(3, bytes);
  } catch {
    // There is nothing to read now.
  }
}, 0);

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
