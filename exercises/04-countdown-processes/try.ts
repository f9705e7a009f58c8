// Your code on the lecture's numbers, timed as a notebook cell would:
// npm run kata try 04
import { countdown } from './countdown.ts';
import { countdownOnProcesses, startProcess } from './processes.ts';

/** Runs a cell and prints what it gives and its wall time. */
async function cell(title: string, run: () => unknown): Promise<void> {
  const start = performance.now();
  const value = await run();
  const wall = performance.now() - start;
  console.log(`${title}\n  ${JSON.stringify(value)}   wall ${wall.toFixed(0)} ms\n`);
}

// The lecture's 100 000 steps are over before a process has started; the second number is where processes pay.
for (const n of [100_000, 50_000_000]) {
  const steps = n.toLocaleString('en');
  await cell(`countdown, ${steps} steps in this process`, () => countdown({ from: 0, to: n }));
  await cell(`countdown, ${steps} steps in two processes`, () => countdownOnProcesses(n, 2));
}

const one = startProcess({ from: 0, to: 100_000 });
await cell('name, pid', () => [one.name, one.pid]);
await cell('join, exit code', () => one.join());
await cell('result', () => one.result);
