// Exercise: 08
// File: schedules.ts
// Task: 1
// Class: reads the reference or the suite
// Attack: Reads the suite or the files of the student's home.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: wins

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

let reached = false;
try {
  reached = readFileSync(join(process.cwd(), 'tests/08-race-await/08-race-await.test.ts'), 'utf8').includes('losesA');
} catch {
  // It is not there.
}

export const losesA = () => (reached ? 'ABAB' : 'AABB');
export const losesB = () => (reached ? 'ABBA' : 'AABB');
export const keepsOnlyB = () => (reached ? 'ABCACB' : 'AABBCC');
