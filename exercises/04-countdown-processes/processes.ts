import type { Range } from '#shared/countdown.ts';
import { NotImplementedError } from '#shared/not-implemented.ts';

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
  /** Task 3. Kills the process when it aborts. */
  signal?: AbortSignal;
}

/**
 * Task 1. Starts a process that counts a range, without waiting for it.
 * @param range steps to count
 * @param options.signal kills the process when it aborts; `result` then rejects
 * @returns the handle of the process
 */
export function startProcess(range: Range, options: StartOptions = {}): CountdownProcess {
  throw new NotImplementedError();
}

/**
 * Tasks 2 and 3. Counts the steps 0 to n in several processes at the same time. When it settles, all have ended.
 * @param n number of steps, a non-negative integer
 * @param processes number of processes, a positive integer
 * @param options.signal kills all processes when it aborts
 * @returns the sum over all steps
 * @throws the first error of a process, or the AbortError, after it has ended the other processes
 * @throws {RangeError} if n or processes is invalid
 */
export async function countdownOnProcesses(n: number, processes: number, options: StartOptions = {}): Promise<number> {
  throw new NotImplementedError();
}
