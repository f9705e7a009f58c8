// Runs in the student's process, inside the arena. Each scenario imports the modules that it needs, so a module that
// doesn't load fails the checks of its own task only.
import { subscribe } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import type { Worker } from 'node:worker_threads';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import type { Range } from '#shared/countdown.ts';
import { patchWorkers, withPreload } from '../support/patched-workers.ts';

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

/** Counts for several pairs [n, threads], one after the other in one process. Returns sums, or errors as text. */
export async function sumEach(pairs: readonly (readonly [number, number])[]): Promise<(number | string)[]> {
  const { countdownOnThreads } = await onThreads();
  const results: (number | string)[] = [];
  for (const [n, count] of pairs) results.push(await countdownOnThreads(n, count).catch(refusal));
  return results;
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

/** Makes every Worker of this process run `process.exit(0)` before its own file. */
export const threadExitsSilently = (range: Range): Promise<number> =>
  preloaded(
    () => 'process.exit(0)',
    async () => (await onThreads()).countdownOnThread(range),
  );

/** Only one of several Workers gets to run its own file; the others sleep before that, until they are terminated. */
export const oneOfThreadsRuns = (n: number, count: number, which: number): Promise<number> =>
  preloaded(
    (index) => (index === which ? '' : 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'),
    async () => (await onThreads()).countdownOnThreads(n, count),
  );

/** The first of several Workers throws before it runs its own file. */
export const firstOfThreadsThrows = (n: number, count: number): Promise<number> =>
  preloaded(
    (index) => (index === 0 ? `throw new RangeError('this Worker cannot start')` : ''),
    async () => (await onThreads()).countdownOnThreads(n, count),
  );

/** @returns how many of the other Workers still run at the moment when the promise rejects */
export const othersWhenFirstThrows = async (n: number, count: number): Promise<number> => {
  const workers: Worker[] = [];
  subscribe('worker_threads', (message) => void workers.push((message as { worker: Worker }).worker));
  await firstOfThreadsThrows(n, count).catch(rethrowNotImplemented);
  // Once its thread is gone, and right before its 'exit' event, a Worker loses its id.
  return workers.slice(1).filter(({ threadId }) => threadId !== -1).length;
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
