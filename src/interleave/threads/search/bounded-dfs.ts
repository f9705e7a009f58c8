// Depth-first search with iterative context bounding (M. Musuvathi, S. Qadeer, PLDI 2007): every schedule without
// preemption first, then with 1, 2, … A schedule that needs one preemption more is put off to the next bound. A state
// met before is not searched again: it was met with no more preemptions than now, so all that can follow has been or
// will be visited.
import { ScheduleQueue } from './schedule-queue.ts';
import { StateTable } from './state-table.ts';
import type { Walker } from './walker.ts';

/** Limits of a search. */
export interface SearchLimits {
  /** Preemptions; Infinity for none. */
  readonly bound: number;
  /** Schedules. */
  readonly schedules: number;
  /** Bytes of known states and of schedules put off. */
  readonly bytes: number;
  readonly cache: boolean;
}

/** Where a search stands. `pause` and `agent-gone`: call `advance` again (later, or once the agent is back). */
export type Progress = 'pause' | 'agent-gone' | 'failed' | 'exhausted' | 'bound' | 'budget-schedules' | 'budget-memory';

/** A depth-first search that can be interrupted at any step. */
export class BoundedDfs {
  /** Schedules visited: ended, cut, or joined to a known state. */
  schedules = 0;
  joined = 0;
  cut = 0;
  /** Preemptions of the schedules being visited. */
  preemptions = 0;
  readonly #walker: Walker;
  readonly #limits: SearchLimits;
  readonly #known: StateTable | undefined;
  #now = new ScheduleQueue();
  #next = new ScheduleQueue();
  /** Bits of the choices still to be tried at each depth. */
  readonly #open: Uint8Array;
  /** The depth that the schedule in hand begins at; its start is not varied. */
  #base = 0;
  #state: 'arriving' | 'choosing' | 'fetching' = 'arriving';
  /** The last look was cut short by a missing agent: the state is in the table, but was not judged. */
  #retrying = false;

  constructor(walker: Walker, limits: SearchLimits) {
    this.#walker = walker;
    this.#limits = limits;
    this.#known = limits.cache ? new StateTable(walker.model.keyLength) : undefined;
    this.#open = new Uint8Array(walker.path.length);
  }

  /** @param deadline on performance.now(), in ms; checked now and then */
  advance(deadline: number): Progress {
    for (let round = 1; ; round++) {
      if ((round & 255) === 0 && performance.now() > deadline) return 'pause';
      if (this.#state === 'arriving') {
        const stop = this.#arrive();
        if (stop) return stop;
      } else if (this.#state === 'choosing') {
        const stop = this.#chooseNext();
        if (stop) return stop;
      } else {
        const stop = this.#fetch();
        if (stop) return stop;
      }
    }
  }

  #arrive(): 'agent-gone' | 'failed' | undefined {
    const walker = this.#walker;
    const known = this.#known;
    const arrival = walker.arrive();
    if (arrival !== 'fine') return this.#stopAt(arrival);
    if (known) {
      known.add(walker.model.state);
      if (!known.added && !this.#retrying) {
        this.joined++;
        return this.#leaf();
      }
    }
    const view = walker.look();
    this.#retrying = view === 'agent-gone';
    switch (view) {
      case 'agent-gone':
      case 'failed':
        return this.#stopAt(view);
      case 'cut':
        this.cut++;
        return this.#leaf();
      case 'ended':
        return this.#leaf();
      case 'open':
        this.#open[walker.depth] = walker.free;
        this.#putOff(walker.costly);
        this.#state = 'choosing';
        return undefined;
    }
  }

  #stopAt(stop: 'agent-gone' | 'failed'): 'agent-gone' | 'failed' {
    if (stop === 'failed') this.schedules++;
    return stop;
  }

  #leaf(): undefined {
    this.schedules++;
    this.#open[this.#walker.depth] = 0;
    this.#state = 'choosing';
    return undefined;
  }

  /** Takes the deepest choice that is left: first the thread that ran last, then by number. */
  #chooseNext(): 'budget-schedules' | 'budget-memory' | undefined {
    const walker = this.#walker;
    const open = this.#open;
    let { depth } = walker;
    while (depth >= this.#base && open[depth] === 0) depth--;
    if (depth < this.#base) {
      this.#state = 'fetching';
      return undefined;
    }
    const spent = this.#spent();
    if (spent) return spent;
    walker.rewind(depth);
    const left = open[depth]!;
    const last = depth > 0 ? 1 << walker.path[depth - 1]! : 0;
    const bit = (left & last) !== 0 ? last : left & -left;
    open[depth] = left & ~bit;
    walker.forward(31 - Math.clz32(bit));
    this.#state = 'arriving';
    return undefined;
  }

  #putOff(costly: number): void {
    for (let left = costly; left !== 0; left &= left - 1) {
      this.#next.push(this.#walker.path, this.#walker.depth, 31 - Math.clz32(left & -left));
    }
  }

  #spent(): 'budget-schedules' | 'budget-memory' | undefined {
    const { schedules, bytes } = this.#limits;
    if (this.schedules >= schedules) return 'budget-schedules';
    return this.#now.bytes + this.#next.bytes + (this.#known?.bytes ?? 0) > bytes ? 'budget-memory' : undefined;
  }

  /** Goes to the next schedule of this bound, or to the next bound. */
  #fetch(): 'exhausted' | 'bound' | 'budget-schedules' | 'budget-memory' | undefined {
    if (this.#now.size === 0) {
      if (this.#next.size === 0) return 'exhausted';
      if (this.preemptions >= this.#limits.bound) return 'bound';
      this.preemptions++;
      this.#now = this.#next;
      this.#next = new ScheduleQueue();
    }
    const spent = this.#spent();
    if (spent) return spent;
    const path = this.#now.shift();
    const walker = this.#walker;
    let common = 0;
    while (common < walker.depth && common < path.length && walker.path[common] === path[common]) common++;
    walker.rewind(common);
    while (walker.depth < path.length) {
      walker.forward(path[walker.depth]!);
      // The states on the way were visited before: nothing new is asked, the state is only brought into the form that
      // it had then.
      if (walker.depth < path.length) walker.arrive();
    }
    this.#base = walker.depth;
    this.#state = 'arriving';
    return undefined;
  }
}
