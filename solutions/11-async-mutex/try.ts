// Runs your lock around a counter that two tasks increment, without judging it: npm run kata try 11
import { setImmediate as otherWork } from 'node:timers/promises';
import { Mutex } from './mutex.ts';

const times = 20_000;
let x = 0;

/** Adds 1 to x, with an await between the read and the write. */
async function increment(): Promise<void> {
  const read = x;
  await otherWork();
  x = read + 1;
}

/** Lets two tasks increment x at the same time, and prints what x is in the end. */
async function count(title: string, step: () => Promise<void>): Promise<void> {
  x = 0;
  const start = performance.now();
  const task = async () => {
    for (let i = 0; i < times; i++) await step();
  };
  try {
    await Promise.all([task(), task()]);
    print(title, `x = ${x.toLocaleString('en')}   wall ${(performance.now() - start).toFixed(0)} ms`);
  } catch (error) {
    print(title, String(error));
    process.exitCode = 1;
  }
}

const print = (title: string, text: string) => console.log(`  ${title.padEnd(26)}${text}`);

const mutex = new Mutex();

console.log(`Two tasks, ${times.toLocaleString('en')} increments each: x must be ${(2 * times).toLocaleString('en')}`);
await count('no await in between', async () => {
  x = x + 1;
  await otherWork();
});
await count('an await, no lock', increment);
await count('acquire, work, release', async () => {
  const release = await mutex.acquire();
  try {
    await increment();
  } finally {
    release();
  }
});
await count('runExclusive', () => mutex.runExclusive(increment));
