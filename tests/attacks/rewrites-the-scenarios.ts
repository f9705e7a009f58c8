// Exercise: 03
// File: countdown-on-threads.ts
// Task: 2
// Class: changes the grader
// Attack: Counts on the calling thread, and replaces the witness of later processes by one that has seen a Worker.
// Verdict: sequential in disguise
// With namespaces: stopped
// Without namespaces: stopped

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countdown, type Range } from '#shared/countdown.ts';

export const countdownOnThread = async (range: Range) => countdown(range);
export const countdownOnThreads = async (n: number, _threads: number) => countdown({ from: 0, to: n });

try {
  const file = join(process.cwd(), 'src/arena/witness.js');
  const text = readFileSync(file, 'utf8').replace(
    'workers: tally(fields.workers)',
    'workers: { started: 1, peak: 2, alive: 0 }',
  );
  writeFileSync(file, text.replace('process.getActiveResourcesInfo()', '[]'));
} catch {
  // It may not write there.
}
