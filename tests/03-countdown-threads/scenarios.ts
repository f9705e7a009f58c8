// Runs on the student's side, inside the arena. The student's modules are imported by each scenario, so that one that does not load
// spoils its own task only.
import { subscribe } from 'node:diagnostics_channel';
import { syncBuiltinESMExports } from 'node:module';
import { performance } from 'node:perf_hooks';
import threads, { type Worker, type WorkerOptions } from 'node:worker_threads';
import type { Range } from '#kata/03-countdown-threads/countdown.ts';

const onThreads = () => import('#kata/03-countdown-threads/countdown-on-threads.ts');

/** What `split` made of one pair of numbers. */
export type Cut = { ranges: Range[] } | { error: string; isRangeError: boolean };

/** Calls `split` for many pairs [n, parts]; one process is enough for all of them. */
export async function splitEach(pairs: readonly (readonly [number, number])[]): Promise<Cut[]> {
  const { split } = await import('#kata/03-countdown-threads/split.ts');
  return pairs.map(([n, parts]) => {
    try {
      return { ranges: split(n, parts) };
    } catch (error) {
      if (error instanceof Error && error.message === 'Not implemented yet') throw error;
      return { error: String(error), isRangeError: error instanceof RangeError };
    }
  });
}

/** A sum, and the share of the time in which this thread's event loop was occupied while it was computed, 0 to 1. */
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

/** Counts for several pairs [n, threads], one after the other in one process: its sum, or the error as text. */
export async function sumEach(pairs: readonly (readonly [number, number])[]): Promise<(number | string)[]> {
  const { countdownOnThreads } = await onThreads();
  const results: (number | string)[] = [];
  for (const [n, count] of pairs) results.push(await countdownOnThreads(n, count).catch(refusal));
  return results;
}

export async function threadEndedFromOutside(range: Range): Promise<number> {
  endFirstWorker();
  const { countdownOnThread } = await onThreads();
  return countdownOnThread(range);
}

export async function oneOfThreadsEndedFromOutside(n: number, count: number): Promise<number> {
  endFirstWorker();
  const { countdownOnThreads } = await onThreads();
  return countdownOnThreads(n, count);
}

/** Every Worker of this process runs `process.exit(0)` before the file that it was started for. */
export async function threadExitsSilently(range: Range): Promise<number> {
  const { Worker: Original } = threads;
  class SilentWorker extends Original {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      super(file, {
        ...options,
        execArgv: [...(options.execArgv ?? process.execArgv), '--import', 'data:text/javascript,process.exit(0)'],
      });
    }
  }
  threads.Worker = SilentWorker;
  syncBuiltinESMExports();
  try {
    const { countdownOnThread } = await onThreads();
    return await countdownOnThread(range);
  } finally {
    threads.Worker = Original;
    syncBuiltinESMExports();
  }
}

/** Ends the first Worker that is started from now on, before it can answer: as its memory limit, or anybody with a handle on it, would. */
function endFirstWorker(): void {
  let ended = false;
  subscribe('worker_threads', (message) => {
    if (ended) return;
    ended = true;
    const { worker } = message as { worker: Worker };
    // In a turn of its own: the student's listeners are in place by then.
    setImmediate(() => void worker.terminate());
  });
}

function refusal(error: unknown): string {
  if (error instanceof Error && error.message === 'Not implemented yet') throw error;
  return String(error);
}
