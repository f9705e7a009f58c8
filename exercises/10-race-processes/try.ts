// Two processes increment one counter file, again and again: npm run kata try 10
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loseUpdates } from './lose-updates.ts';

const folder = await mkdtemp(join(tmpdir(), 'kata-10-'));
const path = join(folder, 'counter');

/** Lets two processes run naive.process.ts, both from the same moment on. */
async function race(times: number): Promise<number> {
  const program = new URL('./naive.process.ts', import.meta.url);
  const children = [1, 2].map(() => fork(program, [path, String(times)]));
  const ends = children.map((child) => once(child, 'close'));
  await Promise.all(children.map((child) => once(child, 'message')));
  for (const child of children) child.send('go');
  await Promise.all(ends);
  return Number(await readFile(path, 'utf8'));
}

/** Runs something several times, each time with a new counter file, and prints the counts. */
async function show(title: string, runs: number, run: () => Promise<number>): Promise<void> {
  console.log(title);
  try {
    for (let done = 0; done < runs; done++) {
      await writeFile(path, '0');
      console.log(`  run ${done + 1}: ${(await run()).toLocaleString('en').padStart(5)}`);
    }
  } catch (error) {
    console.log(`  ${String(error)}`);
    process.exitCode = 1;
  }
}

try {
  await show('Two processes, 1,000 increments each, without any care: the count must be 2,000', 5, () => race(1_000));
  await show('\nTwo processes, 100 increments each, every second one lost on purpose: the count must be 100', 5, () =>
    loseUpdates(path, 2, 100),
  );
} finally {
  await rm(folder, { recursive: true });
}
