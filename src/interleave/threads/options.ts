import type { ThreadProgram } from './model/index.ts';

/** A program and how far to search it. */
export interface ExploreOptions extends ThreadProgram {
  /** Preemptions allowed. Default 3 with up to 2 threads, 2 with more. */
  bound?: number;
  /** Search on until no schedule is left (or the budget ends). */
  unbounded?: boolean;
  /**
   * Default 5000 ms, 200 000 schedules, and 512 MiB for known states and schedules put off, whichever ends first.
   */
  budget?: { milliseconds?: number; schedules?: number; megabytes?: number };
  /**
   * Timers (finite `Atomics.wait` timeouts) that may fire in one schedule while another thread could run. Default 2.
   */
  timers?: number;
  /**
   * Schedules tried beyond the bound: half by uniform random walk, half by PCT (d = 3). Default 1000 where neither
   * `bound` nor `random` was given and the bound left something uncovered, else 0.
   */
  random?: number;
  /** Seed of the random schedules, an integer. Default 1. */
  seed?: number;
  /**
   * `false` enumerates schedule by schedule instead of joining equal states: slower, for exact counts. Default true.
   */
  cache?: boolean;
  /** `false` leaves out the second run of a failing schedule on real threads over real shared memory. Default true. */
  demonstrate?: boolean;
}

/** A program and one schedule of it. */
export interface ReplayOptions extends ThreadProgram {
  /**
   * A token of a report (`c1:0x5,1x2`), lane names in a row where each is one character (`AABAB`), or a list of lane
   * names.
   */
  schedule: string | readonly string[];
}

/** A program, a schedule, and where to stop. */
export interface PositionOptions extends ReplayOptions {
  /** Stop after so many steps of the schedule. Default: at its end. */
  steps?: number;
}
