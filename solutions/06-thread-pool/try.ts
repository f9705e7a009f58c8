// Runs your code and prints what it does, without judging it: npm run kata try 06
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import '#shared/workers-under-tsx.ts';
import { countdown, type Range } from '#shared/countdown.ts';
import { ThreadPool } from './thread-pool.ts';

/** Milliseconds after which a line stops waiting for an answer. */
const patience = 30_000;

let pool: ThreadPool<Range, number> | undefined;
/** The pool that all lines share. The first of them starts it. */
const thePool = () => (pool ??= new ThreadPool(new URL(import.meta.resolve('#shared/countdown.task.ts')), 2));

async function main(): Promise<void> {
  const small = ranges(50_000, 50);
  const large = ranges(50_000_000, 20);

  console.log('50 small items of 1,000 steps');
  await line('one thread', () => `sum ${total(small.map(countdown))}`);
  await line('a Worker for each item', async () => `sum ${total(await Promise.all(small.map(onNewWorker)))}`);
  await line('a pool of two: start', () => onPool(small));
  await line('a pool of two: again', () => onPool(small));

  console.log('20 large items of 2,500,000 steps');
  await line('one thread', () => `sum ${total(large.map(countdown))}`);
  await line('a pool of two', () => onPool(large));

  console.log('failures (tasks 4 and 5)');
  await line('an item that is no range', () => onPool([{ from: 0, to: 1 }, { from: 5, to: 1 }, ...large]));
  await line('one more item', () => onPool([{ from: 0, to: 1 }]));

  console.log('the end (tasks 6 and 7)');
  await line('abort after 100 ms', () => onPool(large, AbortSignal.timeout(100)));
  await line('close', () =>
    thePool()
      .close()
      .then(() => 'closed'),
  );
  // A pool that is not closed may keep this program alive.
  process.exit();
}

/** Prints the result of `run`, or what it throws, the wall time, and the CPU time that all threads spent during it. */
async function line(title: string, run: () => string | Promise<string>): Promise<void> {
  const cpuBefore = process.cpuUsage();
  const start = performance.now();
  const tooLate = delay(patience, `no answer after ${patience / 1000} s`);
  const text = await Promise.race([Promise.resolve().then(run), tooLate]).catch(String);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuBefore);
  console.log(`  ${title.padEnd(24)}  wall ${ms(wall)}   CPU ${ms((user + system) / 1000)}   ${text}`);
}

async function onPool(items: readonly Range[], signal?: AbortSignal): Promise<string> {
  return `sum ${total(await thePool().map(items, signal && { signal }))}`;
}

async function onNewWorker(range: Range): Promise<number> {
  const worker = new Worker(new URL(import.meta.url), { workerData: range });
  const [message] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
  return message[0] as number;
}

/** Cuts the steps 0 to n into `parts` ranges of the same size. */
function ranges(n: number, parts: number): Range[] {
  const size = n / parts;
  return Array.from({ length: parts }, (_, at) => ({ from: size * at, to: size * (at + 1) }));
}

const ms = (time: number): string => `${time.toFixed(0).padStart(5)} ms`;

const total = (sums: readonly number[]): number => sums.reduce((sum, each) => sum + each, 0);

if (isMainThread) await main();
// This file is also the Worker that the second line starts for every item.
else parentPort?.postMessage(countdown(workerData as Range));
