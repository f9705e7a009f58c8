// Runs in the student's process, inside the arena. Each scenario imports the modules that it needs, so a module that
// doesn't load fails the checks of its own task only.
import { subscribe } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import { setEnvironmentData, type Worker } from 'node:worker_threads';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import type { Range } from '#shared/countdown.ts';
import { patchWorkers, withPreload } from '../support/patched-workers.ts';
import { isRunning, watchStarted } from '../support/started.ts';

const onThreads = () => import('#kata/03-countdown-threads/countdown-on-threads.ts');

/** What `split` returned or threw for one pair of numbers. */
export type Cut = { ranges: Range[] } | { error: string; isRangeError: boolean };

/** Calls `split` for many pairs [n, parts] in one process. */
export async function splitEach(pairs: readonly (readonly [number, number])[]): Promise<Cut[]> {
  const { split } = await import('#kata/03-countdown-threads/split.ts');
  return pairs.map(([n, parts]) => {
    try {
      return { ranges: split(n, parts) };
    } catch (error) {
      rethrowNotImplemented(error);
      return { error: String(error), isRangeError: error instanceof RangeError };
    }
  });
}

/** A sum, and how busy this thread's event loop was while it was computed: a share of the time, 0 to 1. */
export interface Attended {
  sum: number;
  utilization: number;
}

async function attend(run: () => Promise<number>): Promise<Attended> {
  const before = performance.eventLoopUtilization();
  const sum = await run();
  return { sum, utilization: performance.eventLoopUtilization(before).utilization };
}

export async function attendThread(range: Range): Promise<Attended> {
  const { countdownOnThread } = await onThreads();
  return attend(() => countdownOnThread(range));
}

export async function attendThreads(n: number, count: number): Promise<Attended> {
  const { countdownOnThreads } = await onThreads();
  return attend(() => countdownOnThreads(n, count));
}

/** Counts several ranges, one after the other, each with its own call. Returns sums, or errors as text. */
export async function countEach(ranges: readonly Range[]): Promise<(number | string)[]> {
  const { countdownOnThread } = await onThreads();
  const results: (number | string)[] = [];
  for (const range of ranges) results.push(await countdownOnThread(range).catch(refusal));
  return results;
}

/** Counts for several pairs [n, threads], one after the other in one process. Returns sums, or errors as text. */
export async function sumEach(pairs: readonly (readonly [number, number])[]): Promise<(number | string)[]> {
  const { countdownOnThreads } = await onThreads();
  const results: (number | string)[] = [];
  for (const [n, count] of pairs) results.push(await countdownOnThreads(n, count).catch(refusal));
  return results;
}

/**
 * Makes one call that fails, and a longer one at the same time.
 * @returns what the failed call, the longer one and a call after them resolved to, or their errors as text
 */
export async function sumsDespiteFailure(
  n: number,
  longer: number,
  failing: number,
  count: number,
): Promise<(number | string)[]> {
  const { countdownOnThreads } = await onThreads();
  const during = countdownOnThreads(longer, count).catch(refusal);
  const failed = await countdownOnThreads(failing, count).catch(refusal);
  return [failed, await during, await countdownOnThreads(n, count).catch(refusal)];
}

/** No Worker gets to run its own file before `count` of them have been started. */
export async function sumOnceAllHaveStarted(n: number, count: number): Promise<number> {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  setEnvironmentData('gate', gate);
  let started = 0;
  subscribe('worker_threads', () => {
    started += 1;
    if (started < count) return;
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  });
  const wait = `import { getEnvironmentData } from 'node:worker_threads';
    Atomics.wait(getEnvironmentData('gate'), 0, 0);`;
  return preloaded(
    () => wait,
    async () => (await onThreads()).countdownOnThreads(n, count),
  );
}

/**
 * One of the Workers takes its time to end after it has answered.
 * @param which its index, in the order of their start
 * @returns how many Workers still run at the moment when the promise resolves
 */
export async function runningWhenResolved(n: number, count: number, which: number): Promise<number> {
  const workers = watchStarted();
  const endsSlowly = `process.once('exit', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300))`;
  await preloaded(
    (index) => (index === which ? endsSlowly : ''),
    async () => (await onThreads()).countdownOnThreads(n, count),
  );
  return workers.filter(isRunning).length;
}

/** When a Worker is terminated: its exit code is 0 before it runs, and 1 afterwards. */
export type Moment = 'before it runs' | 'while it counts';

export async function threadEndedFromOutside(range: Range, moment: Moment): Promise<number> {
  endWorker(0, moment);
  const { countdownOnThread } = await onThreads();
  return countdownOnThread(range);
}

/** @param which index of the Worker that is ended, in the order of their start */
export async function oneOfThreadsEndedFromOutside(
  n: number,
  count: number,
  which: number,
  moment: Moment,
): Promise<number> {
  endWorker(which, moment);
  const { countdownOnThreads } = await onThreads();
  return countdownOnThreads(n, count);
}

/** Makes every Worker of this process call `process.exit` before its own file. */
export const threadExitsSilently = (range: Range, code: number): Promise<number> =>
  preloaded(
    () => `process.exit(${code})`,
    async () => (await onThreads()).countdownOnThread(range),
  );

/** Makes every Worker of this process throw before its own file. */
export const threadThrows = (range: Range): Promise<number> =>
  preloaded(
    () => `throw new TypeError('this Worker cannot start')`,
    async () => (await onThreads()).countdownOnThread(range),
  );

/** Only one of several Workers gets to run its own file; the others sleep before that, until they are terminated. */
export const oneOfThreadsRuns = (n: number, count: number, which: number): Promise<number> =>
  preloaded(
    (index) => (index === which ? '' : 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'),
    async () => (await onThreads()).countdownOnThreads(n, count),
  );

/**
 * The first of several Workers throws before it runs its own file.
 * @param others what the others run before theirs
 */
export const firstOfThreadsThrows = (n: number, count: number, others = ''): Promise<number> =>
  preloaded(
    (index) => (index === 0 ? `throw new TypeError('this Worker cannot start')` : others),
    async () => (await onThreads()).countdownOnThreads(n, count),
  );

/** Outside of JavaScript, nothing interrupts it: such a Worker needs a while to end. */
const uninterruptible = `import { pbkdf2Sync } from 'node:crypto';
  pbkdf2Sync('', '', 200_000, 64, 'sha512');`;

/** @returns how many of the other Workers still run at the moment when the promise rejects */
export const othersWhenFirstThrows = async (n: number, count: number): Promise<number> => {
  const workers = watchStarted();
  await firstOfThreadsThrows(n, count, uninterruptible).catch(rethrowNotImplemented);
  return workers.slice(1).filter(isRunning).length;
};

/**
 * Makes Workers run code before their own file.
 * @param code what the Worker runs, by the number of Workers that were started before it
 */
async function preloaded<T>(code: (index: number) => string, run: () => Promise<T>): Promise<T> {
  const restore = patchWorkers((options, index) => withPreload(options, code(index)));
  try {
    return await run();
  } finally {
    restore();
  }
}

/** Terminates a Worker before it can answer, as any code with a reference to it could. */
function endWorker(which: number, moment: Moment): void {
  let started = 0;
  subscribe('worker_threads', (message) => {
    if (started++ !== which) return;
    const { worker } = message as { worker: Worker };
    const end = () => void worker.terminate();
    if (moment === 'while it counts') worker.once('online', end);
    // In a later turn of the event loop, when the student's listeners are registered.
    else setImmediate(end);
  });
}

function refusal(error: unknown): string {
  rethrowNotImplemented(error);
  return String(error);
}
