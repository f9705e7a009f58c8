import { below, threadsIn } from './policy.ts';
import type { Policy } from './policy.ts';

/** Priority changes of a schedule: depth − 1. */
const CHANGES = 2;

/**
 * PCT with depth 3 (S. Burckhardt et al.: A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS
 * 2010): the thread with the highest priority runs, and at random steps it loses its priority.
 * @param threads how many the program has
 * @param length steps of a schedule, as far as is known
 */
export function pct(threads: number, length: number, random: () => number): Policy {
  const priorities = Array.from({ length: threads }, () => 1 + random());
  const changes = Array.from({ length: CHANGES }, () => below(length, random));
  let step = 0;
  return (choices) => {
    const open = threadsIn(choices);
    const best = () => open.reduce((one, other) => (priorities[other]! > priorities[one]! ? other : one));
    // Each change sinks the thread that would run below all others, the later the lower.
    if (changes.includes(step)) priorities[best()] = -step;
    step++;
    return best();
  };
}
