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

/** Times several ways to do the same in turns, three times, and prints the best time of each beside the first one's. */
async function compare(ways: Record<string, () => Promise<unknown>>): Promise<void> {
  const best = new Map<string, number>();
  const errors = new Map<string, Error>();
  for (let round = 0; round < 3; round++) {
    for (const [title, run] of Object.entries(ways)) {
      const start = performance.now();
      await run().catch((error: Error) => errors.set(title, error));
      best.set(title, Math.min(best.get(title) ?? Infinity, performance.now() - start));
    }
  }
  const [first = 0] = best.values();
  for (const [title, wall] of best) {
    await print(title, () => {
      if (errors.has(title)) return Promise.reject(errors.get(title)!);
      const factor = wall === first ? '' : `  ${(first / wall).toFixed(2)}×`;
      return Promise.resolve(`${bar(wall, first)} ${(wall / 1000).toFixed(2)} s${factor}`);
    });
  }
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

console.log(`How long do ${steps.toLocaleString('en')} steps take on one event loop?`);
await compare({
  'one task': () => countdownAsync(whole),
  'two tasks, half each': () => Promise.all(halves.map(countdownAsync)),
  'takeTurns, half each': () => takeTurns(halves, slice),
});

console.log('\nHow late is a timer that should fire every 10 ms? From start (left) to end (right):');
await watch('nothing else to do', () => new Promise((resolve) => setTimeout(resolve, 500)));
await watch('one task', () => countdownAsync(whole));
await watch(`${steps / slice} short callbacks`, () => countInCallbacks(whole));
await watch('countdownInSlices', () => countdownInSlices(whole, slice));
console.log(`  ${legend}`);
