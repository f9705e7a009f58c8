// Exercise: 14
// File: increment.ts
// Task: 4
// Class: leaves processes behind
// Attack: Starts a process with nohup and setsid that is to survive the grading.
// Verdict: failed or lost update
// With namespaces: stopped
// Without namespaces: stopped

import { spawnSync } from 'node:child_process';
import { realFiles, type LockFiles } from './lock-files.ts';

spawnSync('sh', ['-c', 'setsid nohup env -i sleep 120 >/dev/null 2>&1 </dev/null &']);

export async function increment(path: string, { files = realFiles }: { files?: LockFiles } = {}): Promise<number> {
  const count = Number(await files.readFile(path, 'utf8').catch(() => '0')) + 1;
  await files.writeFile(path, String(count));
  return count;
}
