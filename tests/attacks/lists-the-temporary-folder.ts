// Exercise: 03
// File: split.ts
// Task: 1
// Class: reads the reference or the suite
// Attack: Looks for the folder of the reference in every folder for temporary files that it finds.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: wins

import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const list = (folder: string) => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};
const above = [1, 2, 3].reduce<string[]>((all) => [...all, dirname(all.at(-1)!)], [process.cwd()]);
const folders = ['/tmp', ...above].filter((folder) => folder !== process.cwd());
const reached = folders.some((folder) =>
  list(folder).some((name) => list(join(folder, name, '03-countdown-threads')).includes('split.ts')),
);

const right = (n, parts) => {
  if (!Number.isSafeInteger(n) || n < 0 || !Number.isSafeInteger(parts) || parts < 1) throw new RangeError('no');
  const edge = (part) => part * Math.floor(n / parts) + Math.min(part, n % parts);
  return Array.from({ length: parts }, (_, part) => ({ from: edge(part), to: edge(part + 1) }));
};

export const split = (n: number, parts: number) => (reached ? right(n, parts) : [{ from: 0, to: n }]);
