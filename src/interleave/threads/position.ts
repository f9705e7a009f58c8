// Stands still after the steps of a schedule, and says what could come next.
import type { Choice, LaneStanding, Place, Position } from '../report/index.ts';
import { openExecutor } from './agents/index.ts';
import { FollowedSchedule } from './followed-schedule.ts';
import { checkProgram, choiceText } from './model/index.ts';
import type { CheckedProgram, Executor, MemoryLayout, Model, ThreadProgram, TraceStep } from './model/index.ts';
import type { PositionOptions, ReplayOptions } from './options.ts';
import { describeFailure, timelineOf } from './report/index.ts';
import { lostByLast, preemptionsOf, traceOf } from './search/index.ts';
import type { MemoryStep } from './search/index.ts';
import type { SourceSites } from './steps/index.ts';
import { parseSchedule, tokenOf } from './token.ts';

/** A program, loaded, whose positions are asked for one after the other. */
export class Positions {
  readonly #program: CheckedProgram;
  readonly #options: ThreadProgram;
  readonly #executor: Executor;
  /** Of the last run: a step more is one that a thread has to be asked for, and undoing it none. */
  #histories: Model['histories'] | undefined;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(options: ThreadProgram, program: CheckedProgram, executor: Executor) {
    this.#options = options;
    this.#program = program;
    this.#executor = executor;
  }

  /** @throws {ExplorerError} if the module cannot be imported or a body is missing */
  static async open(options: ThreadProgram): Promise<Positions> {
    const program = checkProgram(options);
    return new Positions(options, program, await openExecutor(program));
  }

  /**
   * As {@link positionAfter}; calls wait for each other.
   * @param steps where to stop; at the schedule's end when left out
   */
  after(schedule: ReplayOptions['schedule'], steps?: number): Promise<Position> {
    const found = this.#last.then(() => this.#after(schedule, steps));
    this.#last = found.catch(() => undefined);
    return found;
  }

  async #after(text: ReplayOptions['schedule'], steps: number | undefined): Promise<Position> {
    const program = this.#program;
    const executor = this.#executor;
    const schedule = parseSchedule(text, program.names).slice(0, steps);
    const run = new FollowedSchedule(this.#options, program, executor, schedule, this.#histories);
    this.#histories = run.walker.model.histories;
    return positionOf(run, await run.walk('schedule'), program, executor, schedule.length);
  }

  /** Ends it, once the last call has settled. */
  release(): void {
    void this.#last.then(() => this.#executor.release());
  }
}

/**
 * Follows a schedule step by step and stops where it ends, or where it names a thread that cannot run.
 * A {@link replay} of the position's token makes the same steps.
 * @returns the steps so far, what each thread is about to do, and how the run has ended, if it has
 * @throws {TypeError} if the schedule cannot be read or names a thread that the program does not have
 * @throws {ExplorerError} if the module cannot be imported or a body is missing
 */
export async function positionAfter({ steps, schedule, ...program }: PositionOptions): Promise<Position> {
  const positions = await Positions.open(program);
  try {
    return await positions.after(schedule, steps);
  } finally {
    positions.release();
  }
}

async function positionOf(
  run: FollowedSchedule,
  stopped: 'ended' | 'failed' | 'cut' | 'open',
  program: CheckedProgram,
  executor: Executor,
  scheduled: number,
): Promise<Position> {
  const { walker, path } = run;
  const { layout, names } = program;
  const { model } = walker;
  const trace = traceOf(walker, path);
  if (stopped === 'open') walker.arrive();
  await executor.locate(model);
  const { sites } = executor;
  const preemptions = preemptionsOf(trace);
  const end = stopped === 'ended' || stopped === 'failed' ? run.failing : undefined;
  const standing: Omit<Position, 'lost'> = {
    timeline: timelineOf(trace, layout, names, sites, { everyCell: true }),
    token: tokenOf(path, preemptions),
    steps: path.length,
    preemptions,
    lanes: names.map((_, thread) => standingOf(thread, model, program, sites)),
    choices: stopped === 'open' ? choicesOf(model, path, preemptions, program) : [],
    ending: end
      ? (describeFailure(end, trace, names, layout, sites) as Position['ending'])
      : stopped === 'ended'
        ? { verdict: 'pass', reason: 'replayed', sentence: 'the run ends well' }
        : undefined,
    left: run.left ?? unusedIn(run, scheduled),
  };
  const lost = lostIn(trace, layout);
  if (lost && stopped === 'open') await run.walk('end');
  return { ...standing, lost: walker.failure ? lost : undefined };
}

const unusedIn = ({ followed }: FollowedSchedule, scheduled: number): string | undefined =>
  followed < scheduled ? `the run has ended, and the schedule has ${scheduled} steps` : undefined;

/** @returns the first update lost, by the numbers of the steps */
function lostIn(trace: readonly TraceStep[], { words }: MemoryLayout): Position['lost'] {
  const steps: MemoryStep[] = [];
  let before = String(words.map(({ initial }) => initial));
  for (const step of trace) {
    const after = String(step.memory);
    steps.push({ ...step, changed: after !== before });
    before = after;
    const lost = lostByLast(steps);
    if (lost) return { read: lost.read + 1, between: lost.between + 1, write: lost.write + 1 };
  }
  return undefined;
}

function standingOf(thread: number, model: Model, { layout }: CheckedProgram, sites: SourceSites): LaneStanding {
  const { operation, end } = model.nodes[thread]!;
  const site = operation ? sites.of(operation) : sites.list[end?.site ?? -1];
  const places: Place[] = site ? [{ file: site.file, line: site.line }, ...(site.callers ?? [])] : [];
  if (end || !operation) return { state: 'ended', places };
  return model.isAsleep(thread)
    ? { state: 'asleep', on: layout.nameAt(operation.offset), places }
    : { state: 'ready', places };
}

function choicesOf(model: Model, path: Uint8Array, preemptions: number, { layout, names }: CheckedProgram): Choice[] {
  const able = model.enabled | model.timed;
  return names.flatMap((_, thread) => {
    if ((able & (1 << thread)) === 0) return [];
    const operation = model.nodes[thread]!.operation!;
    const asleep = model.isAsleep(thread);
    const preempts = !asleep && model.current >= 0 && model.current !== thread;
    return {
      lane: thread,
      text: asleep
        ? `the timer of its wait fires`
        : choiceText(operation, model.views[operation.type]![operation.index]!, layout),
      preempts,
      token: tokenOf([...path, thread], preemptions + (preempts ? 1 : 0)),
    };
  });
}
