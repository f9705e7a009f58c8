// Exercise: 03
// File: countdown-on-threads.ts
// Task: 3
// Class: remembers or slows
// Attack: Counts each number of steps once, and takes the answer from a file or a global afterwards.
// Verdict: failed or sequential in disguise or did not do the work
// With namespaces: stopped
// Without namespaces: stopped

import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countdown, type Range } from '#shared/countdown.ts';

const known = new Map<number, number>();

export const countdownOnThread = async (range: Range) => countdown(range);
export async function countdownOnThreads(n: number, _threads: number): Promise<number> {
  const file = join(tmpdir(), `sum-${n}`);
  try {
    return known.get(n) ?? Number(readFileSync(file, 'utf8'));
  } catch {
    const sum = countdown({ from: 0, to: n });
    known.set(n, sum);
    writeFileSync(file, String(sum));
    return sum;
  }
}
