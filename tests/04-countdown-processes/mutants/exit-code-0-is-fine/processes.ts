import { fork, type ChildProcess } from 'node:child_process';
import type { Range } from './countdown.ts';
import { split } from './split.ts';

/** How a process ended: by itself with a `code` (0 is success), or killed by a `signal`; the other one is null. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process that counts a range. */
export interface CountdownProcess {
  /** For people and logs; no two of this program's countdowns share it. */
  readonly name: string;
  /** The system's number for the process; undefined where it could not be started. */
  readonly pid: number | undefined;
  /** The range's sum. Rejects where the process ended without one. */
  readonly result: Promise<number>;
  /** Waits until the process has ended and tells how. Never rejects; may be called at any time and more than once. */
  join(): Promise<Exit>;
}

export interface StartOptions {
  /** Ends the process when it aborts. */
  signal?: AbortSignal;
}

let started = 0;

/**
 * Starts a process that counts `range`, and does not wait for it.
 * @returns the handle of the process; its `result` rejects with an AbortError after an abort
 */
export function startProcess(range: Range, { signal }: StartOptions = {}): CountdownProcess {
  started += 1;
  const name = `countdown-${started}`;
  const child = fork(new URL('./countdown.process.ts', import.meta.url), [String(range.from), String(range.to)], {
    signal,
  });
  const exit = exitOf(child);
  const result = new Promise<number>((resolve, reject) => {
    child.once('message', (sum) => resolve(Number(sum)));
    child.on('error', reject);
    void exit.then(
      (how) =>
        how.code !== 0 && reject(new Error(`${name} (pid ${child.pid}) ended with ${inWords(how)} and gave no answer`)),
    );
  });
  // Who only joins learns of a crash from the exit code; the result that nobody reads must not bring this process down as well.
  result.catch(() => undefined);
  return { name, pid: child.pid, result, join: () => exit };
}

/**
 * Counts 0…n in several processes at the same time. None of them is left when it settles.
 * @param n number of steps
 * @param processes how many to start
 * @returns the sum of all steps
 * @throws {RangeError} where n or processes cannot be split; otherwise the first error of a process, or the AbortError, after which the others are ended
 */
export async function countdownOnProcesses(
  n: number,
  processes: number,
  { signal }: StartOptions = {},
): Promise<number> {
  const ranges = split(n, processes);
  const end = new AbortController();
  const either = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
  const running = ranges.map((range) => startProcess(range, { signal: either }));
  try {
    const sums = await Promise.all(running.map(({ result }) => result));
    return sums.reduce((total, sum) => total + sum, 0);
  } finally {
    end.abort();
    await Promise.all(running.map((each) => each.join()));
  }
}

/**
 * 'close' and not 'exit': at 'exit' the answer may still be on its way through the channel, at 'close' all of it has been read.
 * A process that could not be started has only an 'error' to tell.
 */
function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('close', (code: number | null, signal: NodeJS.Signals | null) => resolve({ code, signal }));
    child.on('error', () => child.pid === undefined && resolve({ code: null, signal: null }));
  });
}

const inWords = ({ code, signal }: Exit): string => (signal === null ? `exit code ${code}` : `signal ${signal}`);
