// Exercise: 03
// File: split.ts
// Task: 1
// Class: floods
// Attack: Prints 100 MB.
// Verdict: too much output
// With namespaces: stopped
// Without namespaces: stopped

import { writeSync } from 'node:fs';

export function split(): never[] {
  const line = `${'x'.repeat(65_535)}\n`;
  for (let i = 0; i < 1_600; i++)
    try {
      writeSync(1, line);
    } catch {
      // The pipe is full.
    }
  return [];
}
