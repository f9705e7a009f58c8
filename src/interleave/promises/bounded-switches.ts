import { pack, unpack } from './run/index.ts';
import type { Chooser, PromiseFailure } from './run/index.ts';

/** The beginning of a schedule that is still to be tried. */
interface Branch {
  prefix: string;
  /**
   * Situations on the way (and further ones of the schedule that it branched from), to notice code that does not do the
   * same again.
   */
  trail: readonly string[];
  switches: number;
}

/** Branches with the same number of switches, and how many of them have been tried. */
interface Pile {
  branches: (Branch | undefined)[];
  taken: number;
}

/**
 * Iterative context bounding, after Musuvathi and Qadeer, PLDI 2007: every schedule once, those with the fewest
 * switches first, the first found first among equals. A schedule is a prefix, then the default: stay on the lane, else
 * the first that can go on. Running it turns up its neighbors (the same, but for one later choice). Each goes to the
 * pile of its number of switches, so nothing is run twice and nothing has to be undone.
 */
export class BoundedSwitches {
  readonly #bound: number;
  readonly #piles: Pile[] = [{ branches: [{ prefix: '', trail: [], switches: 0 }], taken: 0 }];
  /** Equal situations share one string: there are few of them, and each waiting branch remembers those on its way. */
  readonly #situations = new Map<string, string>();
  /** Neighbors left out because they have more switches than the bound allows. */
  beyond = 0;
  #branch: Branch | undefined;
  #trail: string[] = [];
  #switches = 0;
  #order = '';

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** @returns who chooses in the next schedule, or `undefined` when all have been tried */
  next(): Chooser | undefined {
    const pile = this.#piles.find(waiting);
    this.#branch = pile?.branches[pile.taken];
    if (pile) pile.branches[pile.taken++] = undefined;
    if (!this.#branch) return undefined;
    this.#trail = this.#branch.trail.slice(0, this.#branch.prefix.length);
    this.#switches = this.#branch.switches;
    this.#order = '';
    return { choose: (enabled, last, signature) => this.#choose(this.#branch as Branch, enabled, last, signature()) };
  }

  /** @returns switches of the schedule that was run last */
  get switches(): number {
    return this.#switches;
  }

  /** @returns the fewest switches of a schedule that was not tried */
  get reached(): number {
    const pile = this.#piles.findIndex(waiting);
    return pile < 0 ? this.#switches : Math.min(pile, this.#switches);
  }

  #choose({ prefix, trail }: Branch, enabled: string, last: number, signature: string): ReturnType<Chooser['choose']> {
    const at = this.#order.length;
    const wanted = prefix[at];
    if (at < prefix.length && trail[at] !== signature) return { failure: notTheSame(at) };
    if (wanted !== undefined) {
      this.#order += wanted;
      return wanted;
    }
    this.#trail[at] = this.#same(signature);
    const canStay = unpack(enabled).find(({ lane }) => lane === last);
    const stay = canStay ? pack(canStay.lane, canStay.pending) : (enabled[0] as string);
    for (const other of enabled) {
      if (other === stay) continue;
      const switches = this.#switches + (canStay && unpack(other)[0]?.lane !== last ? 1 : 0);
      if (switches > this.#bound) this.beyond++;
      else this.#pile(switches).push({ prefix: this.#order + other, trail: this.#trail, switches });
    }
    this.#order += stay;
    return stay;
  }

  #pile(switches: number): (Branch | undefined)[] {
    while (this.#piles.length <= switches) this.#piles.push({ branches: [], taken: 0 });
    return (this.#piles[switches] as Pile).branches;
  }

  #same(signature: string): string {
    const known = this.#situations.get(signature);
    if (known === undefined) this.#situations.set(signature, signature);
    return known ?? signature;
  }
}

const waiting = (pile: Pile) => pile.taken < pile.branches.length;

/** What is to be said of code that did something else the second time. @param at steps that were the same */
export const notTheSame = (at: number): PromiseFailure => ({
  verdict: 'not deterministic',
  reason: 'not-deterministic',
  sentence:
    'The code did not do the same again: run anew with the same choices, other operations were pending before ' +
    `step ${at + 1}; look for state kept between runs (a variable of the module) or for a source of chance.`,
});
