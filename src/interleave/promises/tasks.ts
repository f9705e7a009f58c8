import type { Chooser } from './run/chooser.ts';
import type { Job, Reply } from './messages.ts';
import { Recorder } from './run/recorder.ts';
import { Run, type RunLimits, type RunResult } from './run/run.ts';
import { orderToken, pack, readSchedule, timersLane, unpack } from './schedule.ts';
import { notTheSame, Search } from './switch-bounding.ts';
import { coverageSentence, passSentence, Tally } from './tally.ts';
import type { PromiseReport, Scenario } from './types.ts';

/** A scenario, loaded, and what is needed to run it. */
export interface Program {
  scenario: Scenario<never[]>;
  args: readonly unknown[];
  /** URL of the module. */
  module: string;
  /** URL of the file whose lines are shown. */
  source: string | undefined;
  limits: RunLimits;
}

type Task<Kind> = Extract<Job['task'], { kind: Kind }>;

const realNow = performance.now.bind(performance);

/** Runs schedule after schedule until one fails, or (with `countAll`) until none is left, or the budget is used up. */
export async function exploreAll(
  program: Program,
  task: Task<'explore'>,
): Promise<Extract<Reply, { kind: 'report' | 'failed' }>> {
  const search = new Search(task.bound);
  const tally = new Tally();
  const end = realNow() + task.milliseconds;
  let failed: RunResult | undefined;
  let overBudget = false;
  for (let chooser = search.next(); chooser; chooser = search.next()) {
    if (tally.schedules >= task.schedules || realNow() > end) {
      overBudget = true;
      break;
    }
    const result = await new Run(program.scenario, program.args, program.limits, chooser).start();
    tally.add(result);
    if (result.verdict === 'pass') continue;
    failed ??= result;
    if (!task.countAll || result.verdict === 'not deterministic') break;
  }
  const stopped = failed !== undefined && !task.countAll;
  const coverage = coverageSentence({ tally, search, stopped, overBudget, bound: task.bound });
  const base = {
    ...tally.numbers(),
    coverage,
    complete: !stopped && !overBudget && tally.cut === 0 && search.beyond === 0 && tally.heldBack === 0,
  };
  const nothing = { notes: [], timeline: undefined, token: undefined };
  if (!failed)
    return {
      kind: 'report',
      report: { ...base, ...nothing, verdict: 'pass', sentence: passSentence(tally, base.complete) },
    };
  return {
    kind: 'failed',
    order: failed.order,
    report: { ...base, ...nothing, verdict: failed.verdict, sentence: failed.sentence },
  };
}

/** Runs a failing schedule once more, now writing down all that happens. */
export async function demonstrate(
  program: Program,
  { order, verdict, sentence }: Task<'demonstrate'>,
): Promise<PromiseReport> {
  const { recorder, result } = await record(program, follow(order));
  const again = result.verdict === verdict;
  const report = reportOf(result, recorder);
  if (again || verdict === 'not deterministic')
    return {
      ...report,
      verdict,
      sentence: again ? result.sentence : sentence,
      token: orderToken(again ? order : result.order),
    };
  const differs = notTheSame(result.order.length);
  return {
    ...report,
    verdict: differs.fault,
    sentence: differs.sentence,
    token: orderToken(order),
    notes: [`The first time it ended with ${verdict}: ${sentence}`],
  };
}

/** @returns the report of the one schedule, or a sentence where it cannot be read */
export async function replayOne(
  program: Program,
  schedule: string | readonly string[],
): Promise<PromiseReport | string> {
  const replay = new Replay(schedule);
  const { recorder, result } = await record(program, replay, (lanes) => replay.begin(lanes));
  if (replay.unreadable) return replay.unreadable;
  const passed = `The schedule of ${result.order.length} steps ends as it should.`;
  const sentence = result.verdict === 'pass' ? passed : result.sentence;
  return {
    ...reportOf(result, recorder),
    sentence,
    coverage: 'One schedule, replayed.',
    notes: replay.notes(result.order.length),
  };
}

/** Replays a schedule up to the step that does not come back. */
export async function showDoomed(program: Program, { order, doomed, sentence }: Task<'show'>): Promise<PromiseReport> {
  const { recorder, result } = await record(program, follow(order, { fault: 'stuck', sentence, doomed }));
  return { ...reportOf(result, recorder), verdict: 'stuck', sentence, token: orderToken(order + doomed) };
}

function reportOf(result: RunResult, recorder: Recorder): PromiseReport {
  const tally = new Tally();
  tally.add(result);
  return {
    ...tally.numbers(),
    verdict: result.verdict,
    sentence: result.sentence,
    coverage: 'Schedules up to the one that is shown.',
    complete: false,
    notes: [],
    timeline: recorder.timeline(timersLane),
    token: orderToken(result.order),
  };
}

async function record(program: Program, chooser: Chooser, begin: (lanes: readonly string[]) => void = () => undefined) {
  const recorder = new Recorder(program.module, program.source);
  const sceneSet = (lanes: readonly string[]) => {
    program.limits.sceneSet?.(lanes);
    begin(lanes);
  };
  const result = await new Run(
    program.scenario,
    program.args,
    { ...program.limits, sceneSet },
    chooser,
    recorder,
  ).start();
  return { recorder, result };
}

/** Chooses what an earlier run of the same program chose. */
function follow(order: string, then: ReturnType<Chooser['choose']> = notTheSame(order.length)): Chooser {
  let at = 0;
  return {
    choose(enabled) {
      if (at === order.length) return then;
      const choice = order[at++] as string;
      return enabled.includes(choice) ? choice : notTheSame(at - 1);
    },
  };
}

/** Chooses as a person wrote it, and says where that was not possible. */
class Replay implements Chooser {
  unreadable: string | undefined;
  readonly #schedule: string | readonly string[];
  #wanted: { lane: number; pending: number }[] = [];
  #lanes: readonly string[] = [];
  #used = 0;
  #impossible: string[] = [];

  constructor(schedule: string | readonly string[]) {
    this.#schedule = schedule;
  }

  begin(lanes: readonly string[]): void {
    this.#lanes = lanes;
    try {
      this.#wanted = readSchedule(this.#schedule, lanes);
    } catch (error) {
      this.unreadable = (error as Error).message;
    }
  }

  choose(enabled: string, last: number): string {
    const open = unpack(enabled);
    for (; this.#used < this.#wanted.length;) {
      const { lane, pending } = this.#wanted[this.#used++] as { lane: number; pending: number };
      const choice = pack(lane, pending);
      if (enabled.includes(choice)) return choice;
      const mine = open.find((each) => each.lane === lane);
      if (mine && pending === 0) return pack(mine.lane, mine.pending);
      const others = [...new Set(open.map((each) => this.#lanes[each.lane]))].join(' or ');
      this.#impossible.push(
        `Entry ${this.#used} of the schedule names ${this.#lanes[lane]}, which has nothing pending there; only ${others} could go on. It was passed over.`,
      );
    }
    const stay = open.find(({ lane }) => lane === last) ?? open[0];
    return stay ? pack(stay.lane, stay.pending) : '';
  }

  notes(steps: number): string[] {
    const notes = [...this.#impossible];
    const own = this.#wanted.length - this.#impossible.length;
    if (this.#used < this.#wanted.length)
      notes.push(`The schedule has ${this.#wanted.length} entries, and all had ended after ${this.#used}.`);
    else if (steps > own)
      notes.push(`The schedule was at its end after ${own} of ${steps} steps; the rest was done without switching.`);
    return notes;
  }
}
