// Visits the schedules of a program and reports the first that fails, or what was covered.
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import type { PassReason } from '../report/index.ts';
import { openExecutor } from './agents/index.ts';
import { checkProgram, Model, positive } from './model/index.ts';
import type { CheckedProgram, Executor } from './model/index.ts';
import type { ExploreOptions } from './options.ts';
import { coverageSentence, describeFailure, otherRaceSentence, timelineOf } from './report/index.ts';
import type { SearchEnd, ThreadReport } from './report/index.ts';
import {
  BoundedDfs,
  contended,
  preemptionsOf,
  RandomSearch,
  ScheduleChecker,
  traceOf,
  Walker,
} from './search/index.ts';
import type { FailingSchedule } from './search/index.ts';
import { demonstration } from './demonstration.ts';
import { tokenOf } from './token.ts';

/** The search gives the event loop a turn this often (ms). */
const TURN = 50;
const BUDGET = { milliseconds: 5000, schedules: 200_000, megabytes: 512 };
const RANDOM_BY_DEFAULT = 1000;
const UNCONTENDED =
  'warning: no two threads use the same memory with one of them changing it, so all schedules are alike and this ' +
  'pass says nothing; check that the bodies use the memory that they are given';
const UNANSWERED =
  'no schedule leads to the state that `reachable` asks for, but a program with a data race can do more than its ' +
  "schedules show; `expectRaces: 'allow'` asks about the schedules alone";

/**
 * Explores the schedules of a program: without preemption first, then with 1, 2, … up to the bound.
 * @returns what failed, on the schedule with the fewest preemptions, or that nothing did and what was covered
 * @throws {TypeError} if an option is wrong
 * @throws {ExplorerError} if the module cannot be imported or a body is missing; a failing program is a report, not an
 * error
 */
export async function explore(options: ExploreOptions): Promise<ThreadReport> {
  const program = checkProgram(options);
  const executor = await openExecutor(program);
  try {
    return await new Exploration(options, program, executor).run();
  } finally {
    executor.release();
  }
}

class Exploration {
  readonly #options: ExploreOptions;
  readonly #program: CheckedProgram;
  readonly #executor: Executor;
  readonly #walker: Walker;
  readonly #search: BoundedDfs;
  readonly #timers: number;
  readonly #budget: { milliseconds: number; schedules: number; megabytes: number };
  readonly #deadline: number;
  #random: RandomSearch | undefined;

  constructor(options: ExploreOptions, program: CheckedProgram, executor: Executor) {
    this.#options = options;
    this.#program = program;
    this.#executor = executor;
    const { layout, names, steps, races } = program;
    this.#timers = options.timers ?? 2;
    this.#budget = {
      milliseconds: positive('budget.milliseconds', options.budget?.milliseconds, BUDGET.milliseconds),
      schedules: positive('budget.schedules', options.budget?.schedules, BUDGET.schedules),
      megabytes: positive('budget.megabytes', options.budget?.megabytes, BUDGET.megabytes),
    };
    this.#deadline = performance.now() + this.#budget.milliseconds;
    const model = new Model(layout, names.length, { clocks: races });
    const checker = new ScheduleChecker(layout, names, options);
    this.#walker = new Walker(model, executor, checker, { steps, timers: this.#timers }, races);
    const bound = options.unbounded ? Infinity : (options.bound ?? (names.length > 2 ? 2 : 3));
    this.#search = new BoundedDfs(this.#walker, {
      bound,
      schedules: this.#budget.schedules,
      bytes: this.#budget.megabytes * 2 ** 20,
      cache: options.cache ?? true,
    });
  }

  async run(): Promise<ThreadReport> {
    const ended = await this.#drive((deadline) => this.#search.advance(deadline));
    const walker = this.#walker;
    const asked = this.#options.random ?? (this.#wantsRandom(ended) ? RANDOM_BY_DEFAULT : 0);
    if (asked > 0 && ended !== 'exhausted' && ended !== 'failed') {
      this.#random = new RandomSearch(walker, asked, this.#options.seed ?? 1);
      await this.#drive((deadline) => this.#random!.advance(deadline));
    }
    const { steps } = walker;
    const failing = walker.failure ?? walker.race;
    return failing ? this.#failure(failing, ended, steps) : this.#pass(ended, steps);
  }

  get #asks(): boolean {
    return this.#options.reachable !== undefined;
  }

  #wantsRandom(ended: SearchEnd): boolean {
    return ended === 'bound' && this.#options.bound === undefined && !this.#options.unbounded && !this.#walker.race;
  }

  /** Advances a search to its end, with turns for the event loop and new agents as needed. */
  async #drive<P extends string>(
    advance: (deadline: number) => P,
  ): Promise<Exclude<P, 'pause' | 'agent-gone'> | 'budget-milliseconds'> {
    for (;;) {
      const progress: string = advance(Math.min(performance.now() + TURN, this.#deadline));
      if (progress === 'agent-gone') await this.#executor.revive();
      else if (progress === 'pause') await eventLoopTurn();
      else return progress as Exclude<P, 'pause' | 'agent-gone'>;
      if (performance.now() > this.#deadline) return 'budget-milliseconds';
    }
  }

  #pass(ended: SearchEnd, steps: number): ThreadReport {
    return {
      ...this.#common(ended, steps, false),
      verdict: 'pass',
      reason: this.#search.cut > 0 && !isBudget(ended) ? 'step-limit' : (ended as PassReason),
      sentence: this.#asks ? 'no schedule leads to the state that `reachable` asks for' : 'no schedule fails',
      notes: this.#program.names.length === 1 || contended(this.#walker.model) ? [] : [UNCONTENDED],
      demonstrated: undefined,
      timeline: undefined,
      token: undefined,
    };
  }

  async #failure(failing: FailingSchedule, ended: SearchEnd, steps: number): Promise<ThreadReport> {
    const walker = this.#walker;
    const executor = this.#executor;
    const { layout, names } = this.#program;
    const racy = failing !== walker.race && walker.race ? traceOf(walker, walker.race.path) : undefined;
    const trace = traceOf(walker, failing.path);
    await executor.locate(walker.model);
    const common = this.#common(ended, steps, failing === walker.failure);
    return {
      ...common,
      ...describeFailure(failing, trace, names, layout, executor.sites),
      notes: racy
        ? [
            `also found, a data race: ${otherRaceSentence(racy, names, layout)} ` +
              `(${tokenOf(walker.race!.path, preemptionsOf(racy))})`,
          ]
        : this.#asks && failing === walker.race
          ? [UNANSWERED]
          : [],
      demonstrated: this.#options.demonstrate === false ? undefined : await demonstration(executor, failing, trace),
      timeline: timelineOf(trace, layout, names, executor.sites),
      token: tokenOf(failing.path, preemptionsOf(trace)),
    };
  }

  #common(
    ended: SearchEnd,
    steps: number,
    failed: boolean,
  ): Pick<ThreadReport, 'coverage' | 'schedules' | 'joined' | 'cut' | 'steps' | 'bound' | 'outcomes'> {
    const search = this.#search;
    const random = this.#random;
    const walker = this.#walker;
    const program = this.#program;
    const { preemptions } = search;
    const coverage = coverageSentence({
      schedules: search.schedules,
      threads: program.names.length,
      ended,
      budget: this.#budget,
      preemptions,
      cut: search.cut + (random?.cut ?? 0),
      steps: program.steps,
      heldBack: walker.heldBack,
      timers: walker.timed ? this.#timers : undefined,
      racesAllowed: !program.races,
      asked: this.#asks,
      random: random ? { schedules: random.schedules, seed: this.#options.seed ?? 1, failed } : undefined,
    });
    return {
      coverage,
      schedules: search.schedules + (random?.schedules ?? 0),
      joined: search.joined,
      cut: search.cut + (random?.cut ?? 0),
      steps,
      bound: search.cut > 0 ? -1 : ended === 'exhausted' ? Infinity : ended === 'bound' ? preemptions : preemptions - 1,
      outcomes: walker.checker.outcomes.list(),
    };
  }
}

function isBudget(ended: SearchEnd): boolean {
  return ended === 'budget-milliseconds' || ended === 'budget-schedules' || ended === 'budget-memory';
}
