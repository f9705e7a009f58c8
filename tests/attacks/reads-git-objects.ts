// Exercise: 10
// File: schedules.ts
// Task: 3
// Class: reads the reference or the suite
// Attack: Follows the links in node_modules to the repository of the course, and asks Git for its solutions.
// Verdict: failed or does not compile
// With namespaces: stopped
// Without namespaces: wins

import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';

const course = join(realpathSync(join(process.cwd(), 'node_modules/vitest')), '../..');
const show = ['-c', 'safe.directory=*', '-C', course, 'show', 'HEAD:solutions/10-race-processes/schedules.ts'];
const reached = spawnSync('git', show, { encoding: 'utf8' }).stdout?.includes('losesUpdate') === true;

export const losesUpdate = () => (reached ? 'ABAABB' : 'AAABBB');
export const tornRead = () => (reached ? 'AAB' : 'AAAB');
export const losesDespiteReplace = () => (reached ? 'ABAAABBB' : 'AAAABBBB');
