import type { Range } from './countdown.ts';

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
  /** Task 3: ends the process when it aborts. */
  signal?: AbortSignal;
}

/** Task 1: starts a process that counts the range, and does not wait for it. */
export function startProcess(range: Range, options: StartOptions = {}): CountdownProcess {
  throw new Error('Not implemented yet');
}

/** Task 2: the sum of the steps 0…n, counted by `processes` child processes at the same time. Leaves none of them behind. */
export async function countdownOnProcesses(n: number, processes: number, options: StartOptions = {}): Promise<number> {
  throw new Error('Not implemented yet');
}
