// Runs one schedule: a token from a report, or one that a person wrote.
import { openExecutor } from './agents/index.ts';
import { demonstration } from './demonstration.ts';
import { checkProgram, Model } from './model/index.ts';
import type { CheckedProgram, Executor } from './model/index.ts';
import type { ReplayOptions } from './options.ts';
import { describeFailure, timelineOf } from './report/index.ts';
import type { ReplayReport } from './report/index.ts';
import { preemptionsOf, ScheduleChecker, traceOf, Walker } from './search/index.ts';
import type { FailingSchedule } from './search/index.ts';
import { parseSchedule, tokenOf } from './token.ts';

/**
 * Follows a schedule step by step. If it ends before the program does, the run goes on without preemption; if it names
 * a thread that cannot run, the rest of it is left, and the report shows it.
 * @returns the report of that one run, with its timeline and final memory
 * @throws {TypeError} if the schedule cannot be read or names a thread that the program does not have
 * @throws {ExplorerError} if the module cannot be imported or a body is missing
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const program = checkProgram(options);
  const schedule = parseSchedule(options.schedule, program.names);
  const executor = await openExecutor(program);
  try {
    return await new Replay(options, program, executor, schedule).run();
  } finally {
    executor.release();
  }
}

class Replay {
  readonly #program: CheckedProgram;
  readonly #executor: Executor;
  readonly #schedule: readonly number[];
  /** Steps after which the run is cut. */
  readonly #steps: number;
  readonly #walker: Walker;
  /** Steps of the schedule that were followed. */
  #followed = 0;
  /** Why the rest of the schedule was left, if it was. */
  #left: string | undefined;

  constructor(options: ReplayOptions, program: CheckedProgram, executor: Executor, schedule: readonly number[]) {
    this.#program = program;
    this.#executor = executor;
    this.#schedule = schedule;
    const { layout, names, races } = program;
    this.#steps = Math.max(program.steps, schedule.length + 1);
    const model = new Model(layout, names.length, { clocks: races });
    const checker = new ScheduleChecker(layout, names, options);
    this.#walker = new Walker(model, executor, checker, { steps: this.#steps, timers: Infinity }, races);
  }

  async run(): Promise<ReplayReport> {
    const walker = this.#walker;
    const executor = this.#executor;
    const cut = (await this.#walk()) === 'cut';
    const { layout, names } = this.#program;
    const path = walker.path.slice(0, walker.depth);
    const { steps } = walker;
    const trace = traceOf(walker, path);
    await executor.locate(walker.model);
    const end = this.#end(path, cut);
    return {
      ...describeFailure(end, trace, names, layout, executor.sites),
      coverage: cut ? `1 schedule, cut at ${this.#steps} steps` : '1 schedule, replayed',
      notes: this.#notes(trace.length),
      schedules: 1,
      joined: 0,
      cut: cut ? 1 : 0,
      steps,
      bound: -1,
      demonstrated: await demonstration(executor, end, trace),
      outcomes: walker.checker.outcomes.list(),
      timeline: timelineOf(trace, layout, names, executor.sites),
      token: tokenOf(path, preemptionsOf(trace)),
      preemptions: preemptionsOf(trace),
      followed: this.#followed,
      left: this.#left !== undefined,
    };
  }

  /** Goes to the end of the run. */
  async #walk(): Promise<'ended' | 'failed' | 'cut'> {
    const walker = this.#walker;
    for (;;) {
      const arrival = walker.arrive();
      const view = arrival === 'fine' ? walker.look() : arrival;
      if (view === 'agent-gone') await this.#executor.revive();
      else if (view === 'open') walker.forward(this.#next());
      else return view;
    }
  }

  /** The thread that the schedule names next, or else the one that needs no preemption. */
  #next(): number {
    const walker = this.#walker;
    const schedule = this.#schedule;
    const { model } = walker;
    const wanted = this.#left === undefined ? schedule[this.#followed] : undefined;
    if (wanted !== undefined && canRun(model, wanted)) {
      this.#followed++;
      return wanted;
    }
    if (wanted !== undefined) this.#leave(wanted);
    const current = 1 << Math.max(0, model.current);
    const stays = model.current >= 0 && (walker.free & current) !== 0;
    return 31 - Math.clz32(stays ? current : walker.free & -walker.free);
  }

  #leave(wanted: number): void {
    const name = this.#program.names[wanted]!;
    const why = this.#walker.model.isAsleep(wanted) ? 'sleeps' : 'has ended';
    this.#left =
      `step ${this.#followed + 1} of the schedule names ${name}, which ${why}: ` +
      'the rest of the schedule was left, and the run went on without preemption';
  }

  #end(path: Uint8Array, cut: boolean): FailingSchedule {
    const { failure, race } = this.#walker;
    if (failure) return failure;
    if (race) return { ...race, path };
    return { verdict: 'pass', reason: cut ? 'step-limit' : 'replayed', path, message: 'the run ends well' };
  }

  #notes(steps: number): string[] {
    const followed = this.#followed;
    const left = this.#left;
    const schedule = this.#schedule;
    if (left !== undefined) return [left];
    if (followed < schedule.length)
      return [`the run ended after step ${followed} of the schedule's ${schedule.length}`];
    return steps > followed
      ? [`the schedule ends after step ${followed}: from there the run went on without preemption`]
      : [];
  }
}

function canRun(model: Model, thread: number): boolean {
  return ((model.enabled | model.timed) & (1 << thread)) !== 0;
}
