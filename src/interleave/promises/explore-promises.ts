import { ask, moduleUrl, type Answer, type Gone, type Stuck } from './agent.ts';
import { Phase, type Job } from './messages.ts';
import type { ExplorePromisesOptions, PromiseProgram, PromiseReport, ReplayPromisesOptions } from './types.ts';

export { closePromiseAgents } from './agent.ts';
export type * from './types.ts';

/**
 * Runs async code in every order in which its operations can settle. The scenario and the code that it calls run in a Worker, never in
 * the calling thread; each schedule gets a new scene, and one operation settles a turn of the event loop. Timers and clocks are virtual.
 * Schedules with the fewest switches away from a lane that could go on come first, so the failing one that is reported has the fewest.
 * @returns the verdict and, where it is not `pass`, the failing schedule; the same, byte for byte, each time that no budget in milliseconds ends it
 * @throws {Error} where the module cannot be loaded or has no such scenario
 * @throws {RangeError} where a bound is not a number that can be worked with
 */
export async function explorePromises(options: ExplorePromisesOptions): Promise<PromiseReport> {
  const bound = whole('bound', options.bound ?? 10_000, 0);
  const schedules = whole('budget.schedules', options.budget?.schedules ?? 100_000, 1);
  const milliseconds = whole('budget.milliseconds', options.budget?.milliseconds ?? 60_000, 1);
  return carryOut(options, { kind: 'explore', bound, schedules, milliseconds, countAll: options.countAll ?? false });
}

/**
 * Runs one schedule. Where it names a lane that has nothing pending, the entry is passed over and a note says so; where it ends early, the
 * rest is done without switching.
 * @returns verdict and timeline of this one schedule
 * @throws {Error} where the schedule cannot be read, the module cannot be loaded or has no such scenario
 */
export async function replayPromises(options: ReplayPromisesOptions): Promise<PromiseReport> {
  return carryOut(options, { kind: 'replay', schedule: options.schedule });
}

async function carryOut(program: PromiseProgram, task: Job['task']): Promise<PromiseReport> {
  const module = moduleUrl(program.module);
  const job: Job = {
    scenario: program.scenario,
    args: program.args ?? [],
    source: program.source === undefined ? undefined : moduleUrl(program.source),
    starts: program.starts ?? 'together',
    steps: whole('steps', program.steps ?? 500, 1, 100_000),
    task,
  };
  const stuckAfter = whole('stuckAfter', program.stuckAfter ?? 2000, 100);
  const answer = await ask(module, job, stuckAfter);
  switch (answer.kind) {
    case 'report':
      return answer.report;
    case 'failed':
      return demonstrated(answer, module, job, stuckAfter);
    case 'error':
      throw withCause(answer.sentence, answer.stack);
    case 'stuck':
      return stuckReport(answer, module, job, stuckAfter);
    case 'gone':
      return empty('threw', goneSentence(answer));
  }
}

/** Runs what failed once more where nothing has run before, so that the report shows what a replay will. */
async function demonstrated(
  failed: Extract<Answer, { kind: 'failed' }>,
  module: string,
  job: Job,
  stuckAfter: number,
): Promise<PromiseReport> {
  const { order, report } = failed;
  const { verdict, sentence } = report;
  const shown = await ask(module, { ...job, task: { kind: 'demonstrate', order, verdict, sentence } }, stuckAfter);
  if (shown.kind !== 'report') return report;
  const { timeline, token, notes } = shown.report;
  return { ...report, verdict: shown.report.verdict, sentence: shown.report.sentence, timeline, token, notes };
}

/** Shows the way to the step that did not come back, in an agent of its own. */
async function stuckReport(
  { phase, order, lane }: Stuck,
  module: string,
  job: Job,
  stuckAfter: number,
): Promise<PromiseReport> {
  const forHowLong = `for ${stuckAfter} ms without an await that gives the event loop back`;
  if (phase !== Phase.running) {
    const where = phase === Phase.setting ? 'The scenario' : 'The import of the module';
    return empty('stuck', `${where} ran on ${forHowLong}.`);
  }
  if (order === '') return empty('stuck', `${lane} ran on from its start ${forHowLong}.`);
  const sentence = `${lane} ran on after step ${order.length} ${forHowLong}.`;
  const shown = await ask(
    module,
    { ...job, task: { kind: 'show', order: order.slice(0, -1), doomed: order.slice(-1), sentence } },
    stuckAfter,
  );
  return shown.kind === 'report' ? shown.report : empty('stuck', sentence);
}

const goneSentence = ({ code, error }: Gone) =>
  error
    ? `The agent was ended by ${error.name}: ${error.message}.`
    : `The code ended its own thread with exit code ${code}.`;

const empty = (verdict: PromiseReport['verdict'], sentence: string): PromiseReport => ({
  verdict,
  sentence,
  coverage: 'No schedule was completed.',
  complete: false,
  notes: [],
  schedules: 0,
  failures: 1,
  cut: 0,
  steps: 0,
  timers: 0,
  leftovers: 0,
  outcomes: [],
  timeline: undefined,
  token: undefined,
});

function withCause(sentence: string, stack: string | undefined): Error {
  return new Error(sentence, stack === undefined ? undefined : { cause: stack });
}

function whole(name: string, value: number, least: number, most = Infinity): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Infinity ? `from ${least} up` : `from ${least} to ${most}`;
  throw new RangeError(`Expected ${name} to be an integer ${range}, got ${String(value)}.`);
}
