// Visits the schedules of a program and reports the first that fails, or what was covered.
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import { BoundedSearch } from './search/bounded-dfs.ts';
import { openCast } from './agents/open-executor.ts';
import type { Cast } from './agents/open-executor.ts';
import { Judge } from './search/judge.ts';
import type { Finding } from './search/judge.ts';
import { Model } from './model/model.ts';
import { checkProgram, positive } from './model/check-program.ts';
import type { CheckedProgram } from './model/check-program.ts';
import { RandomSearch } from './search/random-search.ts';
import { coverageSentence, judgementOf, raceSentence } from './report/sentences.ts';
import type { Coverage } from './report/sentences.ts';
import { timelineOf, preemptionsOf, traceOf } from './search/trace.ts';
import { tokenOf } from './token.ts';
import type { ExploreOptions, Report } from './model/types.ts';
import { Walker } from './search/walker.ts';

/** The search gives the event loop a turn this often (ms). */
const TURN = 50;
const BUDGET = { milliseconds: 5000, schedules: 200_000 };
const RANDOM_BY_DEFAULT = 1000;

/**
 * Explores the schedules of a program: without preemption first, then with 1, 2, … up to the bound.
 * @returns what failed, on the schedule with the fewest preemptions, or that nothing did and what was covered
 * @throws {TypeError} if an option is wrong; {Error} if the module cannot be imported or a body is missing. A failing program is a report, not an error.
 */
export async function explore(options: ExploreOptions): Promise<Report> {
  const program = checkProgram(options);
  const cast = await openCast(program);
  try {
    return await new Exploration(options, program, cast).run();
  } finally {
    cast.release();
  }
}

class Exploration {
  private readonly options: ExploreOptions;
  private readonly program: CheckedProgram;
  private readonly cast: Cast;
  private readonly walker: Walker;
  private readonly search: BoundedSearch;
  private readonly timers: number;
  private readonly budget: { milliseconds: number; schedules: number };
  private readonly deadline: number;
  private random: RandomSearch | undefined;

  constructor(options: ExploreOptions, program: CheckedProgram, cast: Cast) {
    this.options = options;
    this.program = program;
    this.cast = cast;
    const { layout, names, steps, races } = program;
    this.timers = options.timers ?? 2;
    this.budget = {
      milliseconds: positive('budget.milliseconds', options.budget?.milliseconds, BUDGET.milliseconds),
      schedules: positive('budget.schedules', options.budget?.schedules, BUDGET.schedules),
    };
    this.deadline = performance.now() + this.budget.milliseconds;
    const model = new Model(layout, names.length, { clocks: races });
    this.walker = new Walker(model, cast, new Judge(layout, names, options), { steps, timers: this.timers }, races);
    const bound = options.unbounded ? Infinity : (options.bound ?? (names.length > 2 ? 2 : 3));
    this.search = new BoundedSearch(this.walker, {
      bound,
      schedules: this.budget.schedules,
      cache: options.cache ?? true,
    });
  }

  async run(): Promise<Report> {
    const ended = await this.drive((deadline) => this.search.advance(deadline));
    const { walker } = this;
    const asked =
      this.options.random ??
      (ended === 'bound' && this.options.bound === undefined && !this.options.unbounded && !walker.race
        ? RANDOM_BY_DEFAULT
        : 0);
    if (asked > 0 && (ended === 'bound' || typeof ended === 'object')) {
      this.random = new RandomSearch(walker, asked, this.options.seed ?? 1);
      await this.drive((deadline) => this.random!.advance(deadline));
    }
    const { steps } = walker;
    const finding = walker.finding ?? walker.race;
    return finding ? this.failure(finding, ended, steps) : this.pass(ended, steps);
  }

  /** Advances a search to its end, with turns for the event loop and new agents where needed. */
  private async drive<P extends string>(
    advance: (deadline: number) => P,
  ): Promise<Exclude<P, 'pause' | 'away' | 'budget' | 'done'> | { budget: string }> {
    for (;;) {
      const progress: string = advance(Math.min(performance.now() + TURN, this.deadline));
      if (progress === 'budget') return { budget: `the budget is ${this.budget.schedules} schedules` };
      if (progress === 'away') await this.cast.revive();
      else if (progress === 'pause') await eventLoopTurn();
      else return progress as Exclude<P, 'pause' | 'away' | 'budget' | 'done'>;
      if (performance.now() > this.deadline) return { budget: `the budget is ${this.budget.milliseconds} ms` };
    }
  }

  private pass(ended: Coverage['ended'], steps: number): Report {
    return {
      ...this.common(ended, steps, false),
      verdict: 'pass',
      sentence: 'no schedule fails',
      notes: [],
      demonstrated: undefined,
      timeline: undefined,
      token: undefined,
    };
  }

  private async failure(finding: Finding, ended: Coverage['ended'], steps: number): Promise<Report> {
    const { walker, cast } = this;
    const { layout, names } = this.program;
    const racy = finding !== walker.race && walker.race ? traceOf(walker, walker.race.path) : undefined;
    const trace = traceOf(walker, finding.path);
    await cast.locate(walker.model);
    const common = this.common(ended, steps, finding === walker.finding);
    return {
      ...common,
      ...judgementOf(finding, trace, names, layout, cast.sites),
      notes: racy
        ? [
            `beside it a data race: ${raceSentence(racy, names, layout)} (${tokenOf(walker.race!.path, preemptionsOf(racy))})`,
          ]
        : [],
      demonstrated: this.options.demonstrate === false ? undefined : await demonstration(cast, finding, trace),
      timeline: timelineOf(trace, layout, names, cast.sites),
      token: tokenOf(finding.path, preemptionsOf(trace)),
    };
  }

  private common(
    ended: Coverage['ended'],
    steps: number,
    failed: boolean,
  ): Pick<Report, 'coverage' | 'schedules' | 'joined' | 'cut' | 'steps' | 'bound' | 'outcomes'> {
    const { search, random, walker, program } = this;
    const { preemptions } = search;
    const coverage = coverageSentence({
      schedules: search.schedules,
      threads: program.names.length,
      ended,
      preemptions,
      cut: search.cut + (random?.cut ?? 0),
      steps: program.steps,
      heldBack: walker.heldBack,
      timers: walker.timed ? this.timers : undefined,
      racesAllowed: !program.races,
      random: random ? { schedules: random.schedules, seed: this.options.seed ?? 1, failed } : undefined,
    });
    return {
      coverage,
      schedules: search.schedules + (random?.schedules ?? 0),
      joined: search.joined,
      cut: search.cut + (random?.cut ?? 0),
      steps,
      bound: search.cut > 0 ? -1 : ended === 'exhausted' ? Infinity : ended === 'bound' ? preemptions : preemptions - 1,
      outcomes: walker.judge.outcomes(),
    };
  }
}

/** A body that does not run to its end, or not the same way twice, is not run again for show. */
export async function demonstration(
  cast: Cast,
  finding: Finding,
  trace: Parameters<Cast['demonstrate']>[0],
): Promise<boolean | undefined> {
  if (
    finding.verdict === 'stuck' ||
    finding.verdict === 'not deterministic' ||
    finding.verdict === 'uncontrolled access'
  )
    return undefined;
  return cast.demonstrate(trace);
}
