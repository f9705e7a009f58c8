import { shown } from './run/recorder.ts';
import type { RunResult } from './run/run.ts';
import type { Search } from './switch-bounding.ts';
import type { PromiseReport, Shown } from './types.ts';

/** Adds up what many schedules gave. */
export class Tally {
  schedules = 0;
  failures = 0;
  cut = 0;
  heldBack = 0;
  #steps = 0;
  #shortest = Infinity;
  #longest = 0;
  #timers = 0;
  #leftovers = 0;
  readonly #outcomes = new Map<string, { state: Record<string, Shown>; schedules: number }>();

  add(result: RunResult): void {
    this.schedules++;
    this.#steps += result.order.length;
    this.#shortest = Math.min(this.#shortest, result.order.length);
    this.#longest = Math.max(this.#longest, result.order.length);
    this.#timers = Math.max(this.#timers, result.timers);
    this.#leftovers = Math.max(this.#leftovers, result.leftovers);
    this.heldBack += result.heldBack;
    if (result.verdict !== 'pass') this.failures++;
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
    const key = JSON.stringify(Object.entries(state), (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}n` : value,
    );
    const known = this.#outcomes.get(key);
    if (known) known.schedules++;
    else this.#outcomes.set(key, { state, schedules: 1 });
  }
}

/** @returns the sentence of an exploration without a failure */
export const passSentence = (tally: Tally, complete: boolean): string =>
  complete
    ? `All is well in all ${count(tally.schedules)} orders.`
    : `No failing order among the ${count(tally.schedules)} that were tried.`;

/** @returns what was visited, and what was not */
export function coverageSentence(of: {
  tally: Tally;
  search: Search;
  stopped: boolean;
  overBudget: boolean;
  bound: number;
}): string {
  const { tally, search, stopped, overBudget, bound } = of;
  const orders = tally.schedules === 1 ? '1 order' : `${count(tally.schedules)} orders`;
  const parts: string[] = [];
  if (stopped)
    parts.push(
      `${orders} tried, those with fewest switches first, up to the one that fails (${switched(search.switches)})`,
    );
  else if (overBudget)
    parts.push(
      `${orders} tried before the budget was used up; those with ${switched(search.reached)} or more not all covered`,
    );
  else if (search.beyond > 0)
    parts.push(`${orders} are every order with at most ${switched(bound)}; beyond that not covered`);
  else parts.push(`${orders} of ${tally.lengths} are all that there are`);
  if (tally.cut > 0) parts.push(`${count(tally.cut)} of them cut at the step limit and not covered beyond it`);
  if (tally.heldBack > 0) parts.push('a lane that polls passes another at most three times before the other goes on');
  if (tally.failures > 0 && !stopped) parts.push(`${count(tally.failures)} of them fail`);
  return `${parts.join('; ')}.`;
}

const count = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ' ');
const switched = (n: number) => `${n} ${n === 1 ? 'switch' : 'switches'}`;
