// Exercise: 06
// File: thread-pool.ts
// Task: 1
// Class: floods
// Attack: Writes 180 MB and 2,000 files to the folder for temporary files.
// Verdict: failed or crash or timeout
// With namespaces: stopped
// Without namespaces: stopped

import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = join(tmpdir(), 'full');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'large'), Buffer.alloc(180_000_000));
for (let i = 0; i < 2_000; i++) writeFileSync(join(folder, String(i)), 'x');

export class ThreadPool {}
