import { below, threadsIn } from './policy.ts';
import type { Policy } from './policy.ts';

/** A uniform random walk: each thread that can run is as likely as the others. */
export function randomWalk(random: () => number): Policy {
  return (choices) => {
    const threads = threadsIn(choices);
    return threads[below(threads.length, random)]!;
  };
}
