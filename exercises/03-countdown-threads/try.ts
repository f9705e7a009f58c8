// Your code on the lecture's numbers, timed as a notebook cell would: npm run kata try 03
import { countdown } from './countdown.ts';
import { countdownOnThreads } from './countdown-on-threads.ts';

/** Runs a cell and prints its wall time, and the processor time that all threads of this process took meanwhile. */
async function cell(title: string, run: () => number | Promise<number>): Promise<void> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const sum = await run();
  const wall = performance.now() - start;
  const cpu = process.cpuUsage(cpuBefore);
  console.log(
    `${title}\n  sum ${sum}   wall ${wall.toFixed(0)} ms   processor ${((cpu.user + cpu.system) / 1000).toFixed(0)} ms\n`,
  );
}

// The lecture's 100 000 steps are over before a thread has started; the second number is where threads pay.
for (const n of [100_000, 50_000_000]) {
  const steps = n.toLocaleString('en');
  await cell(`countdown, ${steps} steps on the main thread`, () => countdown({ from: 0, to: n }));
  await cell(`countdown, ${steps} steps on two threads`, () => countdownOnThreads(n, 2));
}
