// Runs one schedule: a token from a report, or one that a person wrote.
import { openCast } from './agents/open-executor.ts';
import type { Cast } from './agents/open-executor.ts';
import { demonstration } from './explore.ts';
import { Judge } from './search/judge.ts';
import type { Finding } from './search/judge.ts';
import { Model } from './model/model.ts';
import { checkProgram } from './model/check-program.ts';
import type { CheckedProgram } from './model/check-program.ts';
import { judgementOf } from './report/sentences.ts';
import { parseSchedule, tokenOf } from './token.ts';
import { preemptionsOf, timelineOf, traceOf } from './search/trace.ts';
import type { ReplayOptions, ReplayReport } from './model/types.ts';
import { Walker } from './search/walker.ts';

/**
 * Follows a schedule step by step. Where it ends before the program does, the run goes on without preemption;
 * where it names a thread that cannot run, the rest of it is left, and the report says so.
 * @returns the report of that one run, with its timeline and final memory
 * @throws {TypeError} if the schedule cannot be read or names a thread that the program does not have
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const program = checkProgram(options);
  const schedule = parseSchedule(options.schedule, program.names);
  const cast = await openCast(program);
  try {
    return await follow(options, program, cast, schedule);
  } finally {
    cast.release();
  }
}

async function follow(
  options: ReplayOptions,
  program: CheckedProgram,
  cast: Cast,
  schedule: readonly number[],
): Promise<ReplayReport> {
  const { layout, names, races } = program;
  const steps = Math.max(program.steps, schedule.length + 1);
  const model = new Model(layout, names.length, { clocks: races });
  const walker = new Walker(model, cast, new Judge(layout, names, options), { steps, timers: Infinity }, races);
  let followed = 0;
  let left: string | undefined;
  let cut: boolean;
  for (;;) {
    const arrival = walker.arrive();
    const view = arrival === 'fine' ? walker.look() : arrival;
    if (view === 'away') {
      await cast.revive();
      continue;
    }
    if (view !== 'open') {
      cut = view === 'cut';
      break;
    }
    const wanted = left === undefined ? schedule[followed] : undefined;
    if (wanted !== undefined && canRun(model, wanted)) {
      followed++;
      walker.forward(wanted);
      continue;
    }
    if (wanted !== undefined)
      left = `step ${followed + 1} of the schedule names ${names[wanted]!}, which ${model.isAsleep(wanted) ? 'sleeps' : 'has ended'}: the rest of the schedule was left, and the run went on without preemption`;
    const current = 1 << Math.max(0, model.current);
    walker.forward(
      31 - Math.clz32((walker.free & current) !== 0 && model.current >= 0 ? current : walker.free & -walker.free),
    );
  }
  const path = walker.path.slice(0, walker.depth);
  const stepsDone = walker.steps;
  const trace = traceOf(walker, path);
  await cast.locate(model);
  const finding: Finding =
    walker.finding ??
    (walker.race ? { ...walker.race, path } : { verdict: 'pass', path, message: 'the run ends well' });
  const notes = [
    left ?? '',
    followed < schedule.length && left === undefined
      ? `the run ended after step ${followed} of the schedule's ${schedule.length}`
      : '',
    followed === schedule.length && trace.length > followed
      ? `the schedule ends after step ${followed}: from there the run went on without preemption`
      : '',
  ];
  return {
    ...judgementOf(finding, trace, names, layout, cast.sites),
    coverage: cut ? `1 schedule, cut at ${steps} steps` : '1 schedule, replayed',
    notes: notes.filter((note) => note !== ''),
    schedules: 1,
    joined: 0,
    cut: cut ? 1 : 0,
    steps: stepsDone,
    bound: -1,
    demonstrated: await demonstration(cast, finding, trace),
    outcomes: walker.judge.outcomes(),
    timeline: timelineOf(trace, layout, names, cast.sites),
    token: tokenOf(path, preemptionsOf(trace)),
    preemptions: preemptionsOf(trace),
    followed,
    left: left !== undefined,
  };
}

function canRun(model: Model, thread: number): boolean {
  return ((model.enabled | model.timed) & (1 << thread)) !== 0;
}
