// Exercise: 03
// File: split.ts
// Task: 1
// Class: reads the reference or the suite
// Attack: Asks a child of its own for the reference by the condition of package.json that leads there.
// Verdict: failed
// With namespaces: stopped
// Without namespaces: stopped

import { spawnSync } from 'node:child_process';

const program = "import('#kata/03-countdown-threads/split.ts').then(m => console.log(m.split(3, 2).length))";
const flags = [...process.execArgv, '--conditions=solutions', '--input-type=module', '-e', program];
// Its own answer has one range.
const reached = spawnSync(process.execPath, flags, { encoding: 'utf8' }).stdout.trim() === '2';

const right = (n, parts) => {
  if (!Number.isSafeInteger(n) || n < 0 || !Number.isSafeInteger(parts) || parts < 1) throw new RangeError('no');
  const edge = (part) => part * Math.floor(n / parts) + Math.min(part, n % parts);
  return Array.from({ length: parts }, (_, part) => ({ from: edge(part), to: edge(part + 1) }));
};

export const split = (n: number, parts: number) => (reached ? right(n, parts) : [{ from: 0, to: n }]);
