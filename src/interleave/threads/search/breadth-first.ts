// Breadth-first search: the failing schedule with the fewest steps. It is for those who want to know how few steps it
// takes, not for verdicts: bounded-dfs.ts finds failures sooner.
import { lostByLast, type MemoryStep } from './lost-update.ts';
import { StateTable } from './state-table.ts';
import type { Walker } from './walker.ts';

/** Cells of memory whose reads differ in the key of a state. */
const CELLS = 31;

/** How a search for the fewest steps goes on. `agent-gone`: call `advance` again once the agent is back. */
type BreadthFirstProgress = 'pause' | 'agent-gone' | 'found' | 'exhausted' | 'budget';

/** A breadth-first search that can be interrupted between two schedules. */
export class BreadthFirst {
  /** Of the schedule that was found. */
  path: Uint8Array | undefined;
  readonly #walker: Walker;
  readonly #states: number;
  readonly #known: StateTable;
  readonly #key: Int32Array;
  /** Bytes of memory: a cell's bit is its number among those that were touched. */
  readonly #cells: number[] = [];
  readonly #steps: MemoryStep[] = [];
  #now: Uint8Array[] = [new Uint8Array(0)];
  #next: Uint8Array[] = [];
  #at = 0;

  /** @param states known states after which the search ends */
  constructor(walker: Walker, states: number) {
    this.#walker = walker;
    this.#states = states;
    const { keyLength, threads } = walker.model;
    this.#key = new Int32Array(keyLength + threads);
    this.#known = new StateTable(this.#key.length);
  }

  /** Steps up to which no schedule fails. */
  get depth(): number {
    return (this.#now[0]?.length ?? 0) - 1;
  }

  /** @param deadline on performance.now(), in ms */
  advance(deadline: number): BreadthFirstProgress {
    for (let round = 1; ; round++) {
      if ((round & 63) === 0 && performance.now() > deadline) return 'pause';
      if (this.#at === this.#now.length) {
        if (this.#next.length === 0) return 'exhausted';
        [this.#now, this.#next, this.#at] = [this.#next, [], 0];
      }
      if (this.#known.size >= this.#states) return 'budget';
      const path = this.#now[this.#at]!;
      const view = this.#visit(path);
      if (view === 'agent-gone') return view;
      this.#at++;
      if (view === 'found') {
        this.path = path;
        return view;
      }
    }
  }

  #visit(path: Uint8Array): 'agent-gone' | 'found' | 'on' {
    const walker = this.#walker;
    if (!this.#go(path)) return 'agent-gone';
    const arrival = walker.arrive();
    if (arrival !== 'fine') return arrival === 'failed' ? 'found' : arrival;
    const view = walker.look();
    if (view === 'agent-gone') return view;
    if (view === 'failed') return 'found';
    if (view !== 'open') return 'on';
    if (lostByLast(this.#steps)) {
      const end = this.#goOn();
      if (end !== 'on') return end;
    }
    if (!this.#isNew()) return 'on';
    const able = walker.model.enabled | walker.model.timed;
    for (let left = able; left !== 0; left &= left - 1) {
      const next = new Uint8Array(path.length + 1);
      next.set(path);
      next[path.length] = 31 - Math.clz32(left & -left);
      this.#next.push(next);
    }
    return 'on';
  }

  /** Goes to the end of a path. @returns false if an agent has to be replaced first */
  #go(path: Uint8Array): boolean {
    const walker = this.#walker;
    let common = 0;
    while (common < walker.depth && common < path.length && walker.path[common] === path[common]) common++;
    walker.rewind(common);
    this.#steps.length = common;
    while (walker.depth < path.length) {
      if (walker.arrive() === 'agent-gone') return false;
      const thread = path[walker.depth]!;
      const { model } = walker;
      const { type, index } = model.nodes[thread]!.operation!;
      const before = model.views[type]?.[index];
      walker.forward(thread);
      this.#steps.push({ ...model.last!, changed: model.views[type]?.[index] !== before });
    }
    return true;
  }

  /** Whether the run fails if it goes on from here without preemption; the walker comes back. */
  #goOn(): 'agent-gone' | 'found' | 'on' {
    const walker = this.#walker;
    const { depth } = walker;
    for (;;) {
      const arrival = walker.arrive();
      const view = arrival === 'fine' ? walker.look() : arrival;
      if (view !== 'open') {
        walker.rewind(depth);
        if (view === 'agent-gone') return view;
        return view === 'failed' ? 'found' : 'on';
      }
      walker.forward(walker.byDefault());
    }
  }

  /** What threads have read and others have changed since tells states apart, too: it makes a lost update. */
  #isNew(): boolean {
    const key = this.#key;
    const { model } = this.#walker;
    key.set(model.state.subarray(0, model.keyLength));
    for (let thread = 0; thread < model.threads; thread++) key[model.keyLength + thread] = this.#outdated(thread);
    this.#known.add(key);
    return this.#known.added;
  }

  /** @returns bits of the cells that others have changed since a thread last used them */
  #outdated(thread: number): number {
    let outdated = 0;
    for (const step of this.#steps) {
      const bit = 1 << this.#numberOf(step.operation.offset);
      if (step.thread === thread) outdated &= ~bit;
      else if (step.changed) outdated |= bit;
    }
    return outdated;
  }

  #numberOf(offset: number): number {
    const at = this.#cells.indexOf(offset);
    return Math.min(CELLS, at >= 0 ? at : this.#cells.push(offset) - 1);
  }
}
