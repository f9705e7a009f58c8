import { availableParallelism } from 'node:os';

/** What one look at a guest's processes found. */
export interface Look {
  /** Milliseconds since the look before. */
  readonly elapsed: number;
  /** Threads that run or wait for a processor; undefined where the system does not report it. */
  readonly runnable: number | undefined;
  /** Milliseconds of CPU that all processes together have used so far. */
  readonly cpu: number | undefined;
}

/**
 * A guest that wants nothing cannot have been idle for longer than this since the look before: then the judge itself
 * was kept waiting, and the guest may have waited for the judge.
 */
const longestIdle = 100;

/** Milliseconds of CPU that a guest's start takes on a machine of usual speed. */
const usualStart = 100;
/** A start that took longer still was disturbed. */
const greatestSlowness = 4;

/**
 * @param start milliseconds of CPU that a guest's start took; undefined where the system does not report it
 * @returns how many times slower than usual the machine computes, 1 or more: an old one, or one whose processors share
 * what they compute with
 */
export const slownessOf = (start: number | undefined): number =>
  Math.min(Math.max(1, (start ?? 0) / usualStart), greatestSlowness);

/**
 * The time that a guest has had, for limits that mean the same on a busy or slow machine. While its threads want
 * processors, only the share counts that they were given; while they wait for something else, all of it counts.
 */
export class GuestClock {
  readonly #slowness: number;
  readonly #processors = availableParallelism();
  #idle = 0;
  #busy = 0;
  #wanted = 0;
  #given = 0;
  #cpu: number | undefined;

  /** @param slowness of the machine; see {@link slownessOf} */
  constructor(slowness = 1) {
    this.#slowness = slowness;
  }

  look({ elapsed, runnable, cpu }: Look): void {
    const given = cpu === undefined || this.#cpu === undefined ? 0 : Math.max(0, cpu - this.#cpu);
    this.#cpu = cpu ?? this.#cpu;
    this.#given += given;
    if (runnable === undefined || runnable === 0) this.#idle += Math.min(elapsed, longestIdle);
    else {
      this.#busy += elapsed;
      this.#wanted += elapsed * Math.min(runnable, this.#processors);
    }
  }

  get milliseconds(): number {
    const share = this.#wanted === 0 ? 1 : Math.min(1, this.#given / this.#wanted);
    return this.#idle + (this.#busy * share) / this.#slowness;
  }
}
