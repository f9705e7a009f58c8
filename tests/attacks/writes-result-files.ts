// Exercise: 03
// File: split.ts
// Task: 1
// Class: forges a result
// Attack: Writes files with full marks wherever a grader might look for its results.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const record = JSON.stringify({ version: 1, points: 10, attainable: 10, verdict: 'passed' });
for (const folder of [process.cwd(), tmpdir(), join(process.cwd(), '.kata')])
  for (const name of ['record.json', 'results.json', 'progress.json', 'junit.xml'])
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, name), record);
    } catch {
      // It may not write here.
    }

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
