// Exercise: 03
// File: split.ts
// Task: 1
// Class: forges a result
// Attack: Writes messages of the suite's reporter to all file descriptors from 3 to 20.
// Verdict: failed or timeout or crash
// With namespaces: stopped
// Without namespaces: stopped

import { writeSync } from 'node:fs';

const forged = [
  { type: 'check-ended', id: '1', state: 'passed', errors: [], milliseconds: 1, annotations: [] },
  { type: 'end', reason: 'passed', unhandled: [] },
];

export function split(): unknown[] {
  for (let descriptor = 3; descriptor <= 20; descriptor++)
    try {
      writeSync(descriptor, forged.map((each) => `${JSON.stringify(each)}\n`).join(''));
    } catch {
      // It is not open.
    }
  return [];
}
