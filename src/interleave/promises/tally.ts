import { outcomeKey } from '../common/index.ts';
import type { PromiseOutcome, PromiseReport } from './promise-report.ts';
import { shown } from './run/index.ts';
import type { RunResult } from './run/index.ts';

/** Adds up what many schedules gave. */
export class Tally {
  schedules = 0;
  failures = 0;
  cut = 0;
  heldBack = 0;
  /** The scenes ask for a state, and judge nothing. */
  asked = false;
  #steps = 0;
  #shortest = Infinity;
  #longest = 0;
  #timers = 0;
  #leftovers = 0;
  readonly #outcomes = new Map<string, PromiseOutcome>();

  add(result: RunResult): void {
    this.schedules++;
    this.#steps += result.order.length;
    this.#shortest = Math.min(this.#shortest, result.order.length);
    this.#longest = Math.max(this.#longest, result.order.length);
    this.#timers = Math.max(this.#timers, result.timers);
    this.#leftovers = Math.max(this.#leftovers, result.leftovers);
    this.heldBack += result.heldBack;
    this.asked ||= result.asked;
    if (result.failure) this.failures++;
    if (result.cut) this.cut++;
    else this.#end(result.state);
  }

  /** @returns `4 steps`, `4 to 6 steps` */
  get lengths(): string {
    const same = this.#shortest === this.#longest;
    return same
      ? `${this.#longest} ${this.#longest === 1 ? 'step' : 'steps'}`
      : `${this.#shortest} to ${this.#longest} steps`;
  }

  /** @returns the numbers of a report */
  numbers(): Pick<PromiseReport, 'schedules' | 'failures' | 'cut' | 'steps' | 'timers' | 'leftovers' | 'outcomes'> {
    const outcomes = [...this.#outcomes]
      .sort(([a, x], [b, y]) => y.schedules - x.schedules || (a < b ? -1 : 1))
      .map(([, outcome]) => outcome);
    return {
      schedules: this.schedules,
      failures: this.failures,
      cut: this.cut,
      steps: this.#steps,
      timers: this.#timers,
      leftovers: this.#leftovers,
      outcomes,
    };
  }

  #end(raw: Record<string, unknown>): void {
    const state = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, shown(value)]));
    const key = outcomeKey(Object.entries(state));
    const known = this.#outcomes.get(key);
    if (known) known.schedules++;
    else this.#outcomes.set(key, { state, schedules: 1 });
  }
}
