// Runs your code and prints how long it takes, without judging it: npm run kata try 03
import '#shared/workers-under-tsx.ts';
import { countdown, type Range } from '#shared/countdown.ts';
import { countdownOnThreads } from './countdown-on-threads.ts';

/** The same work in an async function. Both calls below start before either of them counts. */
async function countdownAsync(range: Range): Promise<number> {
  await Promise.resolve();
  return countdown(range);
}

/** Prints the result of a run, its wall time, and the CPU time that all threads of this process spent during it. */
async function time(title: string, run: () => Promise<number>): Promise<void> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  try {
    const sum = await run();
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(cpuBefore);
    print(title, `wall ${duration(wall)}   CPU ${duration((user + system) / 1000)}   sum ${sum}`);
  } catch (error) {
    print(title, String(error));
    process.exitCode = 1;
  }
}

const print = (title: string, text: string) => console.log(`  ${title.padEnd(33)}${text}`);

const duration = (ms: number) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`).padStart(6);

for (const n of [50_000_000, 100_000]) {
  const half = n / 2;
  console.log(`countdown, ${n.toLocaleString('en')} steps`);
  await time('one thread', () => countdownAsync({ from: 0, to: n }));
  await time('one thread, two async functions', async () => {
    const halves = [countdownAsync({ from: 0, to: half }), countdownAsync({ from: half, to: n })];
    const sums = await Promise.all(halves);
    return sums.reduce((total, sum) => total + sum, 0);
  });
  await time('two Workers', () => countdownOnThreads(n, 2));
}
