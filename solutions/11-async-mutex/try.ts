// The lecture's counter with your lock: npm run kata try 11
import { setImmediate as otherWork } from 'node:timers/promises';
import { Mutex } from './mutex.ts';

const steps = 20_000;
let x = 0;

/** x += 1, with other work between the read and the write: the same race, without a thread. */
async function increment(): Promise<void> {
  const read = x;
  await otherWork();
  x = read + 1;
}

/** Two tasks increment at the same time; prints what is in x then, and the wall time. */
async function cell(title: string, step: () => Promise<void>): Promise<void> {
  x = 0;
  const start = performance.now();
  const task = async () => {
    for (let i = 0; i < steps; i++) await step();
  };
  await Promise.all([task(), task()]);
  console.log(`${title}\n  x = ${x}   wanted ${2 * steps}   wall ${(performance.now() - start).toFixed(0)} ms\n`);
}

const lock = new Mutex();

await cell('without a lock', increment);

await cell('acquire, work, release', async () => {
  const release = await lock.acquire();
  try {
    await increment();
  } finally {
    release();
  }
});

await cell('the same, in short', () => lock.runExclusive(increment));
