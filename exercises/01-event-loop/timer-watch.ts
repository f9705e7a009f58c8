// A timer that should fire every 10 ms while a job runs, and a record of when it does. try.ts and the checks use it.
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds from one firing of the timer to the next, if nothing delays it. */
export const interval = 10;

/** Milliseconds before and after the job, so that a strip shows the timer on time, too. */
const margin = 50;

/** One firing of the timer: when it came, and how much CPU time this process had used by then, both in milliseconds. */
export interface Fire {
  time: number;
  cpu: number;
}

/** What a job returned, and what the timer did meanwhile. */
export interface Watch<T> {
  value: T;
  /** In order; the first one is the start of the watch. */
  fires: Fire[];
  /** The longest time that the timer was late, in milliseconds. */
  longestDelay: number;
}

// Taken before any other code can change them.
const now = performance.now.bind(performance);
const cpuUsage = process.cpuUsage.bind(process);

/** @returns CPU time that all threads of this process have used so far, in milliseconds */
export function cpuTime(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

/**
 * Runs a job while a timer tries to fire every 10 ms.
 * @returns the job's value and the record of the timer
 */
export async function watchTimer<T>(job: () => T | Promise<T>): Promise<Watch<T>> {
  const fires: Fire[] = [];
  let timer: NodeJS.Timeout | undefined;
  const fire = () => {
    fires.push({ time: now(), cpu: cpuTime() });
    timer = setTimeout(fire, interval);
  };
  fire();
  try {
    await sleep(margin);
    const value = await job();
    await sleep(margin);
    return { value, fires, longestDelay: longest(fires.map(({ time }) => time)) };
  } finally {
    clearTimeout(timer);
  }
}

/** @returns the longest gap between two neighbors, less the interval that was planned */
export function longest(times: readonly number[]): number {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return Math.max(0, ...gaps) - interval;
}
