// What an agent is asked to do: explore, replay, or show one schedule.
import { BoundedSwitches, notTheSame } from './bounded-switches.ts';
import { coverageSentence, passSentence } from './coverage-sentence.ts';
import type { AgentReply, Job } from './messages.ts';
import type { PromiseReport } from './promise-report.ts';
import { Recorder, ScheduleRun, timersLane } from './run/index.ts';
import type { Chooser, PromiseFailure, Refusal, RunLimits, RunResult, Scenario } from './run/index.ts';
import { orderToken } from './schedule.ts';
import { Tally } from './tally.ts';
import { WrittenSchedule } from './written-schedule.ts';

/** A scenario, loaded, and what is needed to run it. */
export interface LoadedScenario {
  scenario: Scenario<never[]>;
  args: readonly unknown[];
  /** URL of the module. */
  module: string;
  /** URL of the file whose lines are shown. */
  source: string | undefined;
  limits: RunLimits;
}

export type JobOf<Kind> = Extract<Job['task'], { kind: Kind }>;

const NO_CHOICE =
  'warning: no schedule had a choice, since no two operations were ever pending at the same time; if the tasks can ' +
  "get in each other's way, let each begin with an operation of the world";

const realNow = performance.now.bind(performance);

/** Runs schedule after schedule until one fails, or (with `countAll`) until none is left, or the budget is used up. */
export async function exploreAll(
  program: LoadedScenario,
  task: JobOf<'explore'>,
): Promise<Extract<AgentReply, { kind: 'report' | 'failed' }>> {
  const search = new BoundedSwitches(task.bound);
  const tally = new Tally();
  const end = realNow() + task.milliseconds;
  let failed: (RunResult & { failure: PromiseFailure }) | undefined;
  let overBudget: 'budget-milliseconds' | 'budget-schedules' | undefined;
  for (let chooser = search.next(); chooser; chooser = search.next()) {
    if (tally.schedules >= task.schedules) overBudget = 'budget-schedules';
    else if (realNow() > end) overBudget = 'budget-milliseconds';
    if (overBudget) break;
    const result = await new ScheduleRun(program.scenario, program.args, program.limits, chooser).start();
    tally.add(result);
    const { failure } = result;
    if (!failure) continue;
    failed ??= { ...result, failure };
    if (!task.countAll || failure.verdict === 'not deterministic') break;
  }
  const stopped = failed !== undefined && !task.countAll;
  const coverage = coverageSentence({
    tally,
    search,
    stopped,
    overBudget: overBudget !== undefined,
    bound: task.bound,
  });
  const base = {
    ...tally.numbers(),
    coverage,
    complete: !stopped && !overBudget && tally.cut === 0 && search.beyond === 0 && tally.heldBack === 0,
  };
  const nothing = { notes: [], timeline: undefined, token: undefined };
  if (failed) {
    const { order, failure } = failed;
    return { kind: 'failed', order, failure, report: { ...base, ...nothing, ...failure } };
  }
  const reason = overBudget ?? (tally.cut > 0 ? 'step-limit' : search.beyond > 0 ? 'bound' : 'exhausted');
  const sentence = passSentence(tally, base.complete);
  const notes = base.complete && tally.schedules === 1 ? [NO_CHOICE] : [];
  return { kind: 'report', report: { ...base, ...nothing, verdict: 'pass', reason, sentence, notes } };
}

/** Runs a failing schedule once more, now with a record of all that happens. */
export async function demonstrate(
  program: LoadedScenario,
  { order, failure }: JobOf<'demonstrate'>,
): Promise<PromiseReport> {
  const { recorder, result } = await record(program, follow(order));
  const again = result.failure?.verdict === failure.verdict ? result.failure : undefined;
  if (again) return reportOf(result, recorder, again, order);
  if (failure.verdict === 'not deterministic') return reportOf(result, recorder, failure, result.order);
  return {
    ...reportOf(result, recorder, notTheSame(result.order.length), order),
    notes: [`The first time it ended with ${failure.verdict}: ${failure.sentence}`],
  };
}

/** @returns the report of the one schedule, or a sentence if it cannot be read */
export async function replayOne(
  program: LoadedScenario,
  schedule: string | readonly string[],
): Promise<PromiseReport | string> {
  const written = new WrittenSchedule(schedule);
  const { recorder, result } = await record(program, written, (lanes) => written.begin(lanes));
  if (written.unreadable) return written.unreadable;
  const goodEnd = result.asked ? 'does not reach it' : 'ends as it should';
  const end = result.failure ?? {
    verdict: 'pass',
    reason: result.cut ? 'step-limit' : 'replayed',
    sentence: `The schedule of ${result.order.length} steps ${goodEnd}.`,
  };
  return {
    ...reportOf(result, recorder, end, result.order),
    coverage: 'One schedule, replayed.',
    notes: written.notes(result.order.length),
  };
}

/** Replays a schedule up to the step that does not come back. */
export async function showDoomed(
  program: LoadedScenario,
  { order, doomed, failure }: JobOf<'show'>,
): Promise<PromiseReport> {
  const { recorder, result } = await record(program, follow(order, { failure, doomed }));
  return reportOf(result, recorder, failure, order + doomed);
}

/** @param order of the token, packed */
function reportOf(
  result: RunResult,
  recorder: Recorder,
  end: Pick<PromiseReport, 'verdict' | 'reason' | 'sentence' | 'thrown'>,
  order: string,
): PromiseReport {
  const tally = new Tally();
  tally.add(result);
  return {
    ...tally.numbers(),
    ...end,
    coverage: 'Schedules up to the one that is shown.',
    complete: false,
    notes: [],
    timeline: recorder.timeline(timersLane),
    token: orderToken(order),
  };
}

/** Runs one schedule and writes it down. @param begin called with the names of the lanes, before the first step */
export async function record(
  program: LoadedScenario,
  chooser: Chooser,
  begin: (lanes: readonly string[]) => void = () => undefined,
  recorder = new Recorder(program.module, program.source),
) {
  const sceneSet = (lanes: readonly string[]) => {
    program.limits.sceneSet?.(lanes);
    begin(lanes);
  };
  const result = await new ScheduleRun(
    program.scenario,
    program.args,
    { ...program.limits, sceneSet },
    chooser,
    recorder,
  ).start();
  return { recorder, result };
}

/** Chooses what an earlier run of the same program chose. */
function follow(order: string, then: Refusal = { failure: notTheSame(order.length) }): Chooser {
  let at = 0;
  return {
    choose(enabled) {
      if (at === order.length) return then;
      const choice = order[at++] as string;
      return enabled.includes(choice) ? choice : { failure: notTheSame(at - 1) };
    },
  };
}
