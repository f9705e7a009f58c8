// Runs one schedule: a token from a report, or one that a person wrote.
import { openExecutor } from './agents/index.ts';
import { demonstration } from './demonstration.ts';
import { FollowedSchedule } from './followed-schedule.ts';
import { checkProgram } from './model/index.ts';
import type { CheckedProgram, Executor } from './model/index.ts';
import type { ReplayOptions } from './options.ts';
import { describeFailure, timelineOf } from './report/index.ts';
import type { ReplayReport } from './report/index.ts';
import { preemptionsOf, traceOf } from './search/index.ts';
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
    const run = new FollowedSchedule(options, program, executor, schedule);
    const cut = (await run.walk('end')) === 'cut';
    return await reportOf(run, cut, program, executor, schedule.length);
  } finally {
    executor.release();
  }
}

async function reportOf(
  run: FollowedSchedule,
  cut: boolean,
  { layout, names }: CheckedProgram,
  executor: Executor,
  scheduled: number,
): Promise<ReplayReport> {
  const { walker, path } = run;
  const { steps } = walker;
  const trace = traceOf(walker, path);
  await executor.locate(walker.model);
  const end: FailingSchedule = run.failing ?? {
    verdict: 'pass',
    reason: cut ? 'step-limit' : 'replayed',
    path,
    message: 'the run ends well',
  };
  return {
    ...describeFailure(end, trace, names, layout, executor.sites),
    coverage: cut ? `1 schedule, cut at ${run.steps} steps` : '1 schedule, replayed',
    notes: notesOf(run, scheduled, trace.length),
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
    followed: run.followed,
    left: run.left !== undefined,
  };
}

function notesOf({ followed, left }: FollowedSchedule, scheduled: number, steps: number): string[] {
  if (left !== undefined) return [`${left}: the rest of the schedule was left, and the run went on without preemption`];
  if (followed < scheduled) return [`the run ended after step ${followed} of the schedule's ${scheduled}`];
  return steps > followed
    ? [`the schedule ends after step ${followed}: from there the run went on without preemption`]
    : [];
}
