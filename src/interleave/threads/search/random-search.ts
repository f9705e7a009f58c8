// Schedules beyond the preemption bound, by seeded chance: in turns a uniform random walk, and PCT
// (S. Burckhardt et al.: A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010) with depth 3.
import type { Walker } from './walker.ts';

/** Priority changes of a PCT schedule: depth − 1. */
const CHANGES = 2;

/** Picks one of the threads in `choices` (bits). */
type Policy = (choices: number) => number;

/** A fixed number of random schedules; the same for the same seed. */
export class RandomSearch {
  /** Schedules visited. */
  schedules = 0;
  cut = 0;
  private readonly walker: Walker;
  private readonly count: number;
  private readonly random: () => number;
  private policy: Policy;
  /** Steps of the longest schedule so far: where PCT puts its priority changes. */
  private longest = 8;

  /** @param seed integer */
  constructor(walker: Walker, count: number, seed: number) {
    this.walker = walker;
    this.count = count;
    this.random = generator(seed);
    this.policy = this.nextPolicy();
    walker.rewind(0);
  }

  /** @param deadline on performance.now(), in ms */
  advance(deadline: number): 'pause' | 'away' | 'failed' | 'done' {
    const { walker } = this;
    for (let round = 1; this.schedules < this.count; round++) {
      if ((round & 63) === 0 && performance.now() > deadline) return 'pause';
      const arrival = walker.arrive();
      const view = arrival === 'fine' ? walker.look() : arrival;
      if (view === 'away') return view;
      if (view === 'open') {
        walker.forward(this.policy(walker.free | walker.costly));
        continue;
      }
      this.schedules++;
      if (view === 'failed') return view;
      if (view === 'cut') this.cut++;
      this.longest = Math.max(this.longest, walker.depth);
      walker.rewind(0);
      this.policy = this.nextPolicy();
    }
    return 'done';
  }

  private nextPolicy(): Policy {
    return this.schedules % 2 === 0 ? this.uniform() : this.prioritized();
  }

  private uniform(): Policy {
    return (choices) => {
      const bits = bitsOf(choices);
      return bits[this.below(bits.length)]!;
    };
  }

  private prioritized(): Policy {
    const { threads } = this.walker.model;
    const priorities = Array.from({ length: threads }, () => 1 + this.random());
    const changes = Array.from({ length: CHANGES }, () => this.below(this.longest));
    let step = 0;
    return (choices) => {
      const bits = bitsOf(choices);
      const best = () => bits.reduce((one, other) => (priorities[other]! > priorities[one]! ? other : one));
      // Each change sinks the thread that would run below all others, the later the lower.
      if (changes.includes(step)) priorities[best()] = -step;
      step++;
      return best();
    };
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}

function bitsOf(mask: number): number[] {
  const bits: number[] = [];
  for (let left = mask; left !== 0; left &= left - 1) bits.push(31 - Math.clz32(left & -left));
  return bits;
}

/** Numbers from 0 to below 1: a Weyl sequence through a mixing function (after G. Steele's SplitMix). */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}
