// Shows what the event loop does while a program computes, then what it does with your code: npm run kata try 01
import { countdown, type Range } from '#shared/countdown.ts';
import { bar, legend, strip } from './charts.ts';
import { countdownInSlices } from './countdown-in-slices.ts';
import { takeTurns } from './take-turns.ts';
import { watchTimer } from './timer-watch.ts';

const steps = 30_000_000;
const slice = 100_000;
const whole: Range = { from: 0, to: steps };
const halves: Range[] = [
  { from: 0, to: steps / 2 },
  { from: steps / 2, to: steps },
];

/** A task: both calls below start before either of them counts. */
async function countdownAsync(range: Range): Promise<number> {
  await Promise.resolve();
  return countdown(range);
}

/** The whole job in short callbacks, each of which schedules the next one. */
function countInCallbacks({ from, to }: Range): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0;
    const count = (next: number) => {
      if (next >= to) return resolve(sum);
      sum += countdown({ from: next, to: Math.min(next + slice, to) });
      setTimeout(count, 0, next + slice);
    };
    count(from);
  });
}

let oneTask: number | undefined;

/** Prints how long a run takes, as a bar and compared with the first run. */
async function time(title: string, run: () => Promise<unknown>): Promise<void> {
  await print(title, async () => {
    const start = performance.now();
    await run();
    const wall = performance.now() - start;
    const factor = oneTask === undefined ? '' : `  ${(oneTask / wall).toFixed(2)}×`;
    oneTask ??= wall;
    return `${bar(wall, oneTask)} ${(wall / 1000).toFixed(2)} s${factor}`;
  });
}

/** Prints how late a 10 ms timer is while a job runs. */
async function watch(title: string, job: () => unknown): Promise<void> {
  await print(title, async () => {
    const { fires, longestDelay } = await watchTimer(job);
    return `${strip(fires)}   longest ${longestDelay.toFixed(0).padStart(5)} ms`;
  });
}

async function print(title: string, run: () => Promise<string>): Promise<void> {
  const line = await run().catch((error: unknown) => {
    process.exitCode = 1;
    return String(error);
  });
  console.log(`  ${title.padEnd(22)}${line}`);
}

// The first run of a function is slower, until V8 has compiled it.
countdown({ from: 0, to: 1_000_000 });

console.log(`How long do ${steps.toLocaleString('en')} steps take on one event loop?`);
await time('one task', () => countdownAsync(whole));
await time('two tasks, half each', () => Promise.all(halves.map(countdownAsync)));
await time('takeTurns, half each', () => takeTurns(halves, slice));

console.log('\nHow late is a timer that should fire every 10 ms? From start (left) to end (right):');
await watch('nothing else to do', () => new Promise((resolve) => setTimeout(resolve, 500)));
await watch('one task', () => countdownAsync(whole));
await watch(`${steps / slice} short callbacks`, () => countInCallbacks(whole));
await watch('countdownInSlices', () => countdownInSlices(whole, slice));
console.log(`  ${legend}`);
