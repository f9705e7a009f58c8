// Exercise: 10
// File: schedules.ts
// Task: 3
// Class: reads the reference or the suite
// Attack: Looks for solutions above its working directory, by /proc/self/cwd and the working directories of other
//   processes.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: wins

import { existsSync, readdirSync } from 'node:fs';

const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
const starts = ['/proc/self/cwd', ...pids.map((pid) => `/proc/${pid}/cwd`)];
const places = ['', '/..', '/../..', '/../../..', '/../course', '/../../course'];
const reached = starts.some((start) =>
  places.some((place) => existsSync(`${start}${place}/solutions/10-race-processes/schedules.ts`)),
);

export const losesUpdate = () => (reached ? 'ABAABB' : 'AAABBB');
export const tornRead = () => (reached ? 'AAB' : 'AAAB');
export const losesDespiteReplace = () => (reached ? 'ABAAABBB' : 'AAAABBBB');
