// Two processes count in a file, and a process dies with the lock, without any judging: npm run kata try 14
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { increment } from './increment.ts';

const times = 1_000;
const folder = await mkdtemp(join(tmpdir(), 'kata-14-'));
const path = join(folder, 'counter');

const start = (job: string) => fork(new URL('./counter.process.ts', import.meta.url), [path, job, String(times)]);
const print = (title: string, text: string) => console.log(`  ${title.padEnd(24)}${text}`);
const format = (value: number) => value.toLocaleString('en');

/** Lets two processes increment the counter at the same time, and prints what it is in the end. */
async function count(title: string, job: string): Promise<void> {
  await writeFile(path, '0');
  const exits = await Promise.all([start(job), start(job)].map((child) => once(child, 'exit')));
  if (exits.some(([code]) => code !== 0)) return void (process.exitCode = 1);
  print(title, `the counter is ${format(Number(await readFile(path, 'utf8')))}`);
}

/** Kills a process that holds the lock, then increments the counter. */
async function survive(): Promise<void> {
  const child = start('hold');
  const [held] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as unknown[];
  if (held !== 'holds') return void (process.exitCode = 1);
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  const before = performance.now();
  await increment(path);
  print('the owner was killed', `the next one got in after ${(performance.now() - before).toFixed(0)} ms`);
}

try {
  console.log(`Two processes, ${format(times)} increments each: the counter must be ${format(2 * times)}`);
  await count('without a lock', 'unlocked');
  // Here first: if it throws, one message is enough.
  await increment(path);
  await count('with your lock', 'locked');
  await survive();
} catch (error) {
  print('with your lock', String(error));
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
