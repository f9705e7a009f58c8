// Runs your code and prints what it does, without judging it: npm run kata try 07
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { countdown, type Range } from '#shared/countdown.ts';
import { ProcessPool } from './process-pool.ts';

/** Milliseconds after which a line stops waiting for an answer. */
const patience = 30_000;

let pool: ProcessPool<Range, number> | undefined;
/** The pool that all lines share. The first of them starts it. */
const thePool = () => (pool ??= new ProcessPool(new URL(import.meta.resolve('#shared/countdown.task.ts')), 2));

async function main(): Promise<void> {
  const small = ranges(50_000, 50);
  const large = ranges(50_000_000, 20);

  const message = { scores: new Map([['Ada', 3]]), ratio: NaN, at: new Date(0), note: undefined };
  console.log('a message to a child process and back');
  console.log(`  sent                      ${show(message)}`);
  console.log(`  back                      ${show(await echo(message))}`);

  console.log('50 small items of 1,000 steps');
  await line('one process', () => `sum ${total(small.map(countdown))}`);
  await line('a pool of two: start', () => onPool(small));
  await line('a pool of two: again', () => onPool(small));

  console.log('20 large items of 2,500,000 steps');
  await line('one process', () => `sum ${total(large.map(countdown))}`);
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

/** Sends a message to a child process that sends it back. Serialization is the default of `fork`. */
async function echo(message: object): Promise<unknown> {
  const child = fork(new URL(import.meta.url), ['echo']);
  child.send(message);
  const [answer] = (await once(child, 'message')) as [unknown];
  child.disconnect();
  return answer;
}

/** Prints the result of `run`, or what it throws, and the wall time. */
async function line(title: string, run: () => string | Promise<string>): Promise<void> {
  const start = performance.now();
  const tooLate = delay(patience, `no answer after ${patience / 1000} s`);
  const text = await Promise.race([Promise.resolve().then(run), tooLate]).catch(String);
  console.log(`  ${title.padEnd(26)}wall ${(performance.now() - start).toFixed(0).padStart(5)} ms   ${text}`);
}

async function onPool(items: readonly Range[], signal?: AbortSignal): Promise<string> {
  return `sum ${total(await thePool().map(items, signal && { signal }))}`;
}

/** Cuts the steps 0 to n into `parts` ranges of the same size. */
function ranges(n: number, parts: number): Range[] {
  const size = n / parts;
  return Array.from({ length: parts }, (_, at) => ({ from: size * at, to: size * (at + 1) }));
}

const total = (sums: readonly number[]): number => sums.reduce((sum, each) => sum + each, 0);

const show = (value: unknown): string => inspect(value, { breakLength: Infinity });

// This file is also the child process that sends a message back.
if (process.argv[2] === 'echo') process.on('message', (message) => process.send?.(message));
else await main();
