// Shows your predictions and runs your cache, without judging them: npm run kata try 02
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import '#shared/workers-under-tsx.ts';
import { cloningExperiments, runCloning } from './cloning-experiments.ts';
import { collectGarbage } from './collect-garbage.ts';
import { collectingExperiments, runCollecting } from './collecting-experiments.ts';
import { cloning, collecting, sending } from './predictions.ts';
import { runSending, sendingExperiments } from './sending-experiments.ts';
import { WeakCache } from './weak-cache.ts';

const million = 1_000_000;

const print = (title: string, text: string) => console.log(`  ${title.padEnd(28)}${text}`);

/** Posts something to a Worker that has started, and prints the time until it has answered. */
async function time(title: string, post: (worker: Worker) => void): Promise<void> {
  const worker = new Worker(new URL('./overwrite.worker.ts', import.meta.url));
  worker.postMessage(Int32Array.of(1));
  await once(worker, 'message');
  const start = performance.now();
  post(worker);
  await once(worker, 'message');
  print(title, `wall ${(performance.now() - start).toFixed(1).padStart(6)} ms`);
  await worker.terminate();
}

/** Prints predictions beside what happened. An experiment that you haven't predicted yet isn't run. */
async function compare<Name extends string>(
  title: string,
  experiments: Record<Name, unknown>,
  predictions: Record<Name, string>,
  run: (name: Name) => string | undefined | Promise<string | undefined>,
): Promise<void> {
  const names = Object.keys(experiments) as Name[];
  const predicted = names.filter((name) => predictions[name] !== '?');
  if (predicted.length === 0) return console.log(`\n${title}: ${names.length} predictions to make`);
  console.log(`\n${title.padEnd(30)}predicted     happened`);
  for (const name of predicted) {
    const happened = (await run(name)) ?? 'not observed';
    const mark = predictions[name] === happened ? '✓' : '✗';
    print(`${mark} ${name}`, `${predictions[name].padEnd(14)}${happened}`);
  }
}

/** Puts 1,000 values in the cache. Returns ten of them; to the others nothing refers when the function has returned. */
function fill(cache: WeakCache<number, { id: number }>): { id: number }[] {
  const values = Array.from({ length: 1_000 }, (_, id) => ({ id }));
  for (const value of values) cache.set(value.id, value);
  return values.slice(0, 10);
}

console.log('An array of 16 million numbers (64 MB) is sent to a Worker, which answers');
const large = new Int32Array(16 * million).fill(1);
const shared = new Int32Array(new SharedArrayBuffer(large.byteLength)).fill(1);
await time('copied', (worker) => worker.postMessage(large));
await time('the first 3, copied', (worker) => worker.postMessage(large.subarray(0, 3)));
await time('shared', (worker) => worker.postMessage(shared));
await time('transferred', (worker) => worker.postMessage(large, [large.buffer]));

await compare('Task 1', sendingExperiments, sending, runSending);
await compare('Task 3', cloningExperiments, cloning, runCloning);
await compare('Task 4', collectingExperiments, collecting, runCollecting);

console.log('\n1,000 values in a WeakCache, 10 of them in use');
try {
  const cache = new WeakCache<number, { id: number }>();
  const used = fill(cache);
  print('entries before a collection', String(cache.size));
  await collectGarbage();
  print('entries after it', String(cache.size));
  print('in use and found', String(used.filter((value) => cache.get(value.id) === value).length));
} catch (error) {
  print('set and get', String(error));
  process.exitCode = 1;
}
