import { fork, type ChildProcess } from 'node:child_process';
import type { Range } from '#shared/countdown.ts';
import { split } from './split.ts';

/**
 * How a process ended. If it exited, `code` is its exit code (0 means success) and `signal` is null; if it was killed,
 * `code` is null and `signal` says by what.
 */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A child process that counts a range. */
export interface CountdownProcess {
  /** For logs and people. No two processes have the same name. */
  readonly name: string;
  /** The child's process id; undefined if it could not be started. */
  readonly pid: number | undefined;
  /** The sum of the range. Rejects if the process ended without an answer. */
  readonly result: Promise<number>;
  /**
   * Waits until the process has ended. You may call it at any time, and more than once.
   * @returns how the process ended; the promise never rejects
   */
  join(): Promise<Exit>;
}

export interface StartOptions {
  /** Kills the process when it aborts. */
  signal?: AbortSignal;
}

let started = 0;

/**
 * Starts a process that counts a range, without waiting for it.
 * @param range steps to count
 * @param options.signal kills the process when it aborts; `result` then rejects
 * @returns the handle of the process
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
    void exit.then((how) =>
      reject(new Error(`${name} (pid ${child.pid}) ended with ${inWords(how)} and without an answer`)),
    );
  });
  // A caller who only joins learns about a crash from the exit code. Without this handler, the unhandled rejection of
  // `result` would crash the parent as well.
  result.catch(() => undefined);
  return { name, pid: child.pid, result, join: () => exit };
}

/**
 * Counts the steps 0 to n in several processes at the same time. When it settles, all have ended.
 * @param n number of steps, a non-negative integer
 * @param processes number of processes, a positive integer
 * @param options.signal kills all processes when it aborts
 * @returns the sum over all steps
 * @throws the first error of a process, or the AbortError, after it has ended the other processes
 * @throws {RangeError} if n or processes is invalid
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
 * Waits for 'close' instead of 'exit': at 'exit' the answer may still be in the channel, at 'close' it has been read.
 * A process that could not be started emits only 'error'.
 */
function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('close', (code: number | null, signal: NodeJS.Signals | null) => resolve({ code, signal }));
    child.on('error', () => child.pid === undefined && resolve({ code: null, signal: null }));
  });
}

const inWords = ({ code, signal }: Exit): string => (signal === null ? `exit code ${code}` : `signal ${signal}`);
