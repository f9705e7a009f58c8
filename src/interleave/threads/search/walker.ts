// Goes step by step through the schedules of a program, forward and back, and checks every state that it stands in.
// The searches decide where it goes; what counts as a failure is decided here.
import { conflict } from '../model/index.ts';
import type { Executor, Model } from '../model/index.ts';
import { isPlain } from '../steps/index.ts';
import { spinsForEver } from './livelock.ts';
import type { FailingSchedule, ScheduleChecker, StateFailure } from './schedule-checker.ts';

/** What the walker found where it stands: choices, an end (good, bad, cut), or that an agent must be replaced first. */
export type View = 'open' | 'ended' | 'failed' | 'cut' | 'agent-gone';

/** Limits that shape the tree of schedules. */
export interface WalkLimits {
  /** Steps after which a schedule is cut. */
  readonly steps: number;
  /** Timers that may fire early in one schedule. */
  readonly timers: number;
}

/** A position in the tree of schedules. */
export class Walker {
  readonly model: Model;
  readonly checker: ScheduleChecker;
  /** The choices that led here: `path[0..depth)`. */
  readonly path: Uint8Array;
  depth = 0;
  /** Steps done, all in all. */
  steps = 0;
  /** After an open view: bits of the threads whose step costs no preemption. */
  free = 0;
  /** After an open view: bits of the threads whose step preempts the current thread. */
  costly = 0;
  /** After a failed view. */
  failure: FailingSchedule | undefined = undefined;
  /** The first data race met. */
  race: FailingSchedule | undefined = undefined;
  /** Whether the fair scheduler held a thread back anywhere. */
  heldBack = false;
  /** Whether a timer could have fired early but its budget was spent, or did. */
  timed = false;
  readonly #executor: Pick<Executor, 'extend'>;
  readonly #limits: WalkLimits;
  readonly #races: boolean;
  readonly #marks: Int32Array;
  readonly #knowAll = () => this.know();

  /** @param races whether data races are looked for */
  constructor(
    model: Model,
    executor: Pick<Executor, 'extend'>,
    checker: ScheduleChecker,
    limits: WalkLimits,
    races: boolean,
  ) {
    this.model = model;
    this.#executor = executor;
    this.checker = checker;
    this.#limits = limits;
    this.#races = races;
    this.path = new Uint8Array(limits.steps + 8);
    this.#marks = new Int32Array(limits.steps + 8);
  }

  /** Lets a thread do its next step (a sleeper: its timer fires). */
  forward(thread: number): void {
    const { model } = this;
    this.#marks[this.depth] = model.mark;
    if (model.isAsleep(thread) && !this.#timersAreFree()) model.countEarlyTimer();
    model.step(thread);
    this.path[this.depth++] = thread;
    this.steps++;
    if (this.#races && model.last!.races >= 0) this.#noteRace(this.path.slice(0, this.depth));
  }

  /** After an open view: the thread that needs no preemption, the first one where there are several. */
  byDefault(): number {
    const { current } = this.model;
    const stays = current >= 0 && (this.free & (1 << current)) !== 0;
    return 31 - Math.clz32(stays ? 1 << current : this.free & -this.free);
  }

  /** Goes back to where `depth` steps were done. */
  rewind(depth: number): void {
    if (depth >= this.depth) return;
    this.model.undo(this.#marks[depth]!);
    this.depth = depth;
  }

  /** Makes the next operation of every thread known. False: an agent has to be replaced first. */
  know(): boolean {
    const { model } = this;
    for (let thread = 0; thread < model.threads; thread++) {
      const node = model.nodes[thread]!;
      if (
        !node.operation &&
        !node.end &&
        !this.#executor.extend(thread, model, Math.max(64, this.#limits.steps - this.depth + 1))
      )
        return false;
    }
    return true;
  }

  /**
   * Makes known what comes next, normalizes the state for the cache, and finds a failure that needs no choice. Call
   * before `look`.
   */
  arrive(): 'agent-gone' | 'failed' | 'fine' {
    if (!this.know()) return 'agent-gone';
    const { model } = this;
    const current = model.current;
    if (current >= 0 && (model.nodes[current]!.end || model.isAsleep(current) || model.nodes[current]!.yields))
      model.releaseCurrent();
    for (let thread = 0; thread < model.threads; thread++) {
      const { end } = model.nodes[thread]!;
      if (end && end.how !== 'returned') return this.#fail(this.checker.failureOfEnd(thread, end));
    }
    return 'fine';
  }

  /** Judges the state and works out the choices. Call after a fine `arrive`. */
  look(): View {
    const { model, checker } = this;
    const broken = checker.atState(model);
    if (broken) return this.#fail(broken);
    const { enabled, timed } = model;
    if ((enabled | timed) === 0) {
      const ended = checker.atEnd(model);
      return ended ? this.#fail(ended) : 'ended';
    }
    if (this.#races && !this.race) this.#seekRace(enabled);
    const spinning = spinsForEver(model, this.#knowAll);
    if (spinning === 'agent-gone') return 'agent-gone';
    if (spinning) {
      const livelock = checker.livelock(model);
      return livelock ? this.#fail(livelock) : 'ended';
    }
    if (this.depth >= this.#limits.steps) return 'cut';
    this.#choose(enabled, timed);
    return 'open';
  }

  #choose(enabled: number, timed: number): void {
    const { model } = this;
    const runnable = this.#runnable(enabled, timed);
    if (runnable !== enabled) this.heldBack = true;
    const { current } = model;
    const stays = current >= 0 ? runnable & (1 << current) : 0;
    this.free = stays || runnable;
    this.costly = runnable & ~this.free;
    if (timed === 0) return;
    if (this.#timersAreFree()) this.free |= timed;
    else {
      this.timed = true;
      if (model.earlyTimers < this.#limits.timers) this.free |= timed;
    }
  }

  /** The enabled threads that the fair scheduler does not hold back. */
  #runnable(enabled: number, timed: number): number {
    let runnable = 0;
    for (let thread = 0; thread < this.model.threads; thread++) {
      const bit = 1 << thread;
      if ((enabled & bit) !== 0 && (this.model.heldBackBy(thread) & (enabled | timed)) === 0) runnable |= bit;
    }
    return runnable;
  }

  /** The virtual clock moves on where nothing else can run, or all that can is spinning. */
  #timersAreFree(): boolean {
    const { model } = this;
    const runnable = this.#runnable(model.enabled, model.timed);
    for (let thread = 0; thread < model.threads; thread++)
      if ((runnable & (1 << thread)) !== 0 && !model.nodes[thread]!.yields) return false;
    return true;
  }

  /**
   * Two threads about to do conflicting accesses race, even if the cache joins the paths on which clocks would show it.
   */
  #seekRace(enabled: number): void {
    const { nodes } = this.model;
    for (let one = 0; one < nodes.length; one++) {
      if ((enabled & (1 << one)) === 0 || !isPlain(nodes[one]!.operation!.kind)) continue;
      for (let other = 0; other < nodes.length; other++) {
        if (
          other === one ||
          (enabled & (1 << other)) === 0 ||
          !conflict(nodes[one]!.operation!, nodes[other]!.operation!)
        )
          continue;
        const path = new Uint8Array(this.depth + 2);
        path.set(this.path.subarray(0, this.depth));
        path.set([Math.min(one, other), Math.max(one, other)], this.depth);
        this.#noteRace(path);
        return;
      }
    }
  }

  #noteRace(path: Uint8Array): void {
    this.race ??= { verdict: 'data race', reason: 'data-race', path, message: '' };
  }

  #fail(failure: StateFailure): 'failed' {
    this.failure = { ...failure, path: this.path.slice(0, this.depth) };
    return 'failed';
  }
}
