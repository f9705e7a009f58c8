// Exercise: 03
// File: countdown-on-threads.ts
// Task: 4
// Class: remembers or slows
// Attack: Counts in two Workers one after the other, and slows the sequential code that it is compared with.
// Verdict: sequential in disguise or failed or busy wait
// With namespaces: stopped
// Without namespaces: stopped

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Range } from '#shared/countdown.ts';

try {
  const file = join(process.cwd(), 'exercises/shared/countdown.ts');
  writeFileSync(
    file,
    'export const countdown = () => { for (const end = Date.now() + 9000; Date.now() < end;); return 0; };',
  );
} catch {
  // It may not write there.
}
const start = (range: Range) => new Worker(new URL('./countdown.worker.ts', import.meta.url), { workerData: range });
const answer = (worker: Worker) =>
  new Promise<number>((resolve, reject) => worker.once('message', resolve).once('error', reject));

export const countdownOnThread = (range: Range) => answer(start(range));
export async function countdownOnThreads(n: number, _threads: number): Promise<number> {
  const half = Math.floor(n / 2);
  return (await answer(start({ from: 0, to: half }))) + (await answer(start({ from: half, to: n })));
}
