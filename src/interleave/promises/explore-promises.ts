import { ExplorerError, withReason } from '../report/index.ts';
import type { Position } from '../report/index.ts';
import { ask, moduleUrl, type AgentAnswer, type Gone, type Stuck } from './agent.ts';
import { Phase, type Job } from './messages.ts';
import type {
  ExplorePromisesOptions,
  PromisePositionOptions,
  PromiseProgram,
  ReplayPromisesOptions,
} from './options.ts';
import { endedPosition } from './position-job.ts';
import type { PromiseReport } from './promise-report.ts';
import type { PromiseFailure } from './run/index.ts';

/**
 * Runs async code in every order in which its operations can settle. The scenario and the code that it calls run in a
 * Worker, never in the calling thread. Each schedule gets a new scene, and one operation settles in each turn of the
 * event loop. Timers and clocks are virtual. Schedules with the fewest switches away from a lane that could go on come
 * first, so the failing one that is reported has the fewest.
 * @returns the verdict and, unless it is `pass`, the failing schedule; the same, byte for byte, unless a budget in
 * milliseconds ended the search
 * @throws {ExplorerError} if the module cannot be loaded or has no such scenario
 * @throws {RangeError} if an option is not a number in its range
 */
export async function explorePromises(options: ExplorePromisesOptions): Promise<PromiseReport> {
  const bound = whole('bound', options.bound ?? 10_000, 0);
  const schedules = whole('budget.schedules', options.budget?.schedules ?? 100_000, 1);
  const milliseconds = whole('budget.milliseconds', options.budget?.milliseconds ?? 60_000, 1);
  return carryOut(options, { kind: 'explore', bound, schedules, milliseconds, countAll: options.countAll ?? false });
}

/**
 * Runs one schedule. If it names a lane that has nothing pending, the entry is passed over and a note reports it; if it
 * ends early, the rest is done without switching.
 * @returns verdict and timeline of this one schedule
 * @throws {ExplorerError} if the schedule cannot be read, the module cannot be loaded or has no such scenario
 */
export async function replayPromises(options: ReplayPromisesOptions): Promise<PromiseReport> {
  return carryOut(options, { kind: 'replay', schedule: options.schedule });
}

/**
 * Follows a schedule and stops where it ends, or where it names a lane that has nothing pending. A
 * {@link replayPromises} of the position's token makes the same steps.
 * @returns the steps so far, what can settle next, and how the run has ended, if it has
 * @throws {ExplorerError} if the schedule cannot be read, the module cannot be loaded or has no such scenario
 */
export async function promisePositionAfter(options: PromisePositionOptions): Promise<Position> {
  const { schedule, steps, ...program } = options;
  const task = { kind: 'position', schedule, steps, goesOn: true } as const;
  const { module, job, stuckAfter } = jobOf(program, task);
  let answer = await ask(module, job, stuckAfter);
  // What does not come back may lie behind the position: the next agent stops there.
  if (answer.kind === 'stuck' || answer.kind === 'gone')
    answer = await ask(module, { ...job, task: { ...task, goesOn: false } }, stuckAfter);
  if (answer.kind === 'position') return answer.position;
  return endedPosition(await reportOf(answer, module, job, stuckAfter));
}

async function carryOut(program: PromiseProgram, task: Job['task']): Promise<PromiseReport> {
  const { module, job, stuckAfter } = jobOf(program, task);
  const answer = (await ask(module, job, stuckAfter)) as OtherAnswer;
  return reportOf(answer, module, job, stuckAfter);
}

/** To all tasks but `position`. */
type OtherAnswer = Exclude<AgentAnswer, { kind: 'position' }>;

function jobOf(program: PromiseProgram, task: Job['task']): { module: string; job: Job; stuckAfter: number } {
  const job: Job = {
    scenario: program.scenario,
    args: program.args ?? [],
    source: program.source === undefined ? undefined : moduleUrl(program.source),
    starts: program.starts ?? 'together',
    steps: whole('steps', program.steps ?? 500, 1, 100_000),
    task,
  };
  return { module: moduleUrl(program.module), job, stuckAfter: whole('stuckAfter', program.stuckAfter ?? 2000, 100) };
}

/** @throws {ExplorerError} where the agent could not begin */
async function reportOf(answer: OtherAnswer, module: string, job: Job, stuckAfter: number): Promise<PromiseReport> {
  switch (answer.kind) {
    case 'report':
      return answer.report;
    case 'failed':
      return demonstrated(answer, module, job, stuckAfter);
    case 'error':
      throw new ExplorerError(
        answer.reason,
        answer.sentence,
        answer.stack === undefined ? undefined : { cause: answer.stack },
      );
    case 'stuck':
      return stuckReport(answer, module, job, stuckAfter);
    case 'gone':
      return empty(goneFailure(answer));
  }
}

/** Runs what failed once more where nothing has run before, so that the report shows what a replay will. */
async function demonstrated(
  failed: Extract<AgentAnswer, { kind: 'failed' }>,
  module: string,
  job: Job,
  stuckAfter: number,
): Promise<PromiseReport> {
  const { order, failure, report } = failed;
  const shown = await ask(module, { ...job, task: { kind: 'demonstrate', order, failure } }, stuckAfter);
  if (shown.kind !== 'report') return report;
  const { thrown: _first, ...first } = report;
  const { verdict, reason, sentence, thrown, timeline, token, notes } = shown.report;
  return { ...first, verdict, reason, sentence, ...(thrown && { thrown }), timeline, token, notes };
}

/** Shows the way to the step that did not come back, in an agent of its own. */
async function stuckReport(
  { phase, order, lane }: Stuck,
  module: string,
  job: Job,
  stuckAfter: number,
): Promise<PromiseReport> {
  const forHowLong = `for ${stuckAfter} ms without giving the event loop back`;
  const stuck = (what: string): PromiseFailure => ({
    verdict: 'stuck',
    reason: 'event-loop-blocked',
    sentence: `${what} ${forHowLong}.`,
  });
  if (phase === Phase.setting) return empty(stuck('The scenario ran on'));
  if (phase !== Phase.running) return empty({ ...stuck('The import of the module ran on'), reason: 'import-timeout' });
  if (order === '') return empty(stuck(`${lane} ran on from its start`));
  const failure = stuck(`${lane} ran on after step ${order.length}`);
  const task = { kind: 'show', order: order.slice(0, -1), doomed: order.slice(-1), failure } as const;
  const shown = await ask(module, { ...job, task }, stuckAfter);
  return shown.kind === 'report' ? shown.report : empty(failure);
}

const goneFailure = ({ code, error }: Gone): PromiseFailure => ({
  verdict: 'threw',
  reason: 'agent-ended',
  sentence: error
    ? `The agent was ended by ${error.name}: ${error.message}.`
    : `The code ended its own thread with exit code ${code}.`,
});

const empty = (failure: PromiseFailure): PromiseReport => ({
  ...failure,
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

function whole(name: string, value: number, least: number, most = Infinity): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  const range = most === Infinity ? `from ${least} up` : `from ${least} to ${most}`;
  const sentence = `Expected ${name} to be an integer ${range}, got ${String(value)}.`;
  throw withReason('invalid-option', new RangeError(sentence));
}
