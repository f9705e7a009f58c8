// Schedules beyond the preemption bound, drawn at random: in turns by random walk and by PCT.
import { seededRandom } from '../../common/index.ts';
import { pct } from './pct.ts';
import type { Policy } from './policy.ts';
import { randomWalk } from './random-walk.ts';
import type { Walker } from './walker.ts';

/** A fixed number of random schedules; the same for the same seed. */
export class RandomSearch {
  /** Schedules visited. */
  schedules = 0;
  cut = 0;
  readonly #walker: Walker;
  readonly #count: number;
  readonly #random: () => number;
  #policy: Policy;
  /** Steps of the longest schedule so far: where PCT puts its priority changes. */
  #longest = 8;

  /** @param seed integer */
  constructor(walker: Walker, count: number, seed: number) {
    this.#walker = walker;
    this.#count = count;
    this.#random = seededRandom(seed);
    this.#policy = this.#nextPolicy();
    walker.rewind(0);
  }

  /** @param deadline on performance.now(), in ms */
  advance(deadline: number): 'pause' | 'agent-gone' | 'failed' | 'done' {
    const walker = this.#walker;
    for (let round = 1; this.schedules < this.#count; round++) {
      if ((round & 63) === 0 && performance.now() > deadline) return 'pause';
      const arrival = walker.arrive();
      const view = arrival === 'fine' ? walker.look() : arrival;
      if (view === 'agent-gone') return view;
      if (view === 'open') {
        walker.forward(this.#policy(walker.free | walker.costly));
        continue;
      }
      this.schedules++;
      if (view === 'failed') return view;
      if (view === 'cut') this.cut++;
      this.#longest = Math.max(this.#longest, walker.depth);
      walker.rewind(0);
      this.#policy = this.#nextPolicy();
    }
    return 'done';
  }

  #nextPolicy(): Policy {
    return this.schedules % 2 === 0
      ? randomWalk(this.#random)
      : pct(this.#walker.model.threads, this.#longest, this.#random);
  }
}
