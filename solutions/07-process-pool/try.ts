// Your code on the lecture's numbers, timed as a notebook cell would: npm run kata try 07
import { countdown, type Range } from '#shared/countdown.ts';
import { ProcessPool } from './process-pool.ts';

/** Runs a cell and prints its sum and wall time. */
async function cell(title: string, run: () => number | Promise<number>): Promise<void> {
  const start = performance.now();
  const sum = await run();
  console.log(`${title}\n  sum ${sum}   wall ${(performance.now() - start).toFixed(0)} ms\n`);
}

const parts = 20;
const pool = new ProcessPool<Range, number>(new URL(import.meta.resolve('#shared/countdown.task.ts')), 2);
try {
  // The first map starts the pool's processes; the others find them there.
  for (const n of [100_000, 100_000, 50_000_000]) {
    const steps = n.toLocaleString('en');
    const ranges = Array.from({ length: parts }, (_, part): Range => ({
      from: (n / parts) * part,
      to: (n / parts) * (part + 1),
    }));
    await cell(`countdown, ${steps} steps on one thread`, () => countdown({ from: 0, to: n }));
    await cell(`countdown, ${steps} steps in ${parts} items on a pool of two`, async () =>
      (await pool.map(ranges)).reduce((total, sum) => total + sum, 0),
    );
  }
} finally {
  await pool.close();
}
