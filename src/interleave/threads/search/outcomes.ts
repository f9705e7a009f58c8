import { outcomeKey } from '../../common/index.ts';
import { arrayOf } from '../model/index.ts';
import type { Model } from '../model/index.ts';
import type { Value } from '../steps/index.ts';
import { StateTable } from './state-table.ts';

/** One way in which complete schedules ended. */
export interface ThreadOutcome {
  /** By word name, all elements. */
  memory: Record<string, readonly Value[]>;
  /** By thread name. */
  returns: Record<string, unknown>;
  /**
   * Complete schedules visited that ended so (with the state cache on, schedules that joined a known state are not
   * among them).
   */
  schedules: number;
}

/** Counts how complete schedules ended. */
export class Outcomes {
  readonly #names: readonly string[];
  readonly #ends: StateTable;
  readonly #counts: number[] = [];
  readonly #kept: Omit<ThreadOutcome, 'schedules'>[] = [];

  /** @param names of the threads */
  constructor(names: readonly string[], memoryBytes: number) {
    this.#names = names;
    // Memory, and each thread's history: what a body returned is a function of it.
    this.#ends = new StateTable(memoryBytes / 4 + names.length);
  }

  /** @returns whether no schedule has ended in this state before */
  add(model: Model): boolean {
    const end = this.#ends.add(model.state);
    if (!this.#ends.added) {
      this.#counts[end]!++;
      return false;
    }
    this.#counts.push(1);
    const memory = model.layout.words.map((word) => [
      word.name,
      Array.from(arrayOf(word, model.state.buffer) as Iterable<Value>),
    ]);
    this.#kept.push({ memory: Object.fromEntries(memory) as ThreadOutcome['memory'], returns: this.returns(model) });
    return true;
  }

  /** @returns what each body returned, by thread name */
  returns(model: Model): Record<string, unknown> {
    return Object.fromEntries(this.#names.map((name, thread) => [name, model.nodes[thread]!.end?.value]));
  }

  /** @returns the outcomes in the order found */
  list(): ThreadOutcome[] {
    const merged = new Map<string, ThreadOutcome>();
    this.#kept.forEach((outcome, index) => {
      const key = outcomeKey(outcome);
      const known = merged.get(key);
      if (known) known.schedules += this.#counts[index]!;
      else merged.set(key, { ...outcome, schedules: this.#counts[index]! });
    });
    return [...merged.values()];
  }
}
