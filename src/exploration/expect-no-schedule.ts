import { ExplorerError, threadList } from '#src/interleave/index.ts';
import type {
  ExploreOptions,
  ReplayOptions,
  ReplayReport,
  ThreadProgram,
  ThreadReport,
} from '#src/interleave/index.ts';
import { finding } from '#src/verdict/index.ts';
import { exploreThreads, replayThreads } from './explorer.ts';
import { explorerFinding, type VerdictNames } from './explorer-finding.ts';

/** Milliseconds for one search. It needs a fraction of a second; the rest is for machines that are busy. */
const patience = 40_000;

/**
 * Explores one of an exercise's programs to its bound.
 * @param program what to explore
 * @param replayed the arguments of `npm run kata replay` before the token: `12 two-threads`
 * @returns the report, whose coverage is whole
 * @throws {Finding} where a schedule fails, the student's module does not load, or the bound could not be covered
 */
export async function expectNoSchedule(
  program: ExploreOptions,
  replayed: string,
  named: VerdictNames = {},
): Promise<ThreadReport> {
  const report = await explored({ budget: { milliseconds: patience }, ...program }, replayed, exploreThreads);
  const found = explorerFinding(report, replayed, named);
  if (found) throw found;
  const wanted = program.unbounded === true ? Infinity : (program.bound ?? 0);
  if (report.bound >= wanted) return report;
  if (report.cut > 0) await expectEndWithoutPreemption(program, replayed);
  throw finding('inconclusive', `${whatEnded(report)}: ${report.coverage}.`);
}

/**
 * What keeps the search from its bound costs no points, unless it is there even if one thread runs after the other:
 * with enough needless steps, no code could be judged.
 * @throws {Finding} if that schedule is cut
 */
async function expectEndWithoutPreemption(program: ExploreOptions, replayed: string): Promise<void> {
  const { reason, steps } = await follow({ ...program, schedule: [] }, replayed);
  if (reason !== 'step-limit') return;
  throw finding(
    'failed',
    `Even without preemption, the run has not ended after ${steps} steps in shared memory, so its schedules can't ` +
      'be visited. Let each call take fewer steps there.',
  );
}

/** What kept the search from its bound: this machine's speed, or the number and length of the schedules. */
function whatEnded({ reason, cut }: ThreadReport): string {
  if (reason === 'budget-milliseconds') return 'The schedules could not all be visited in time on this machine';
  const fewer = 'let each call take fewer steps in shared memory';
  return cut > 0
    ? `Some schedules have too many steps to be followed to their end (${fewer})`
    : `There are too many schedules to visit them all (${fewer})`;
}

/**
 * Runs one schedule.
 * @returns its report, whatever the verdict is
 * @throws {Finding} where the code is not implemented yet, does not load, or ended its thread or never came back
 */
export async function follow(program: ReplayOptions, replayed: string): Promise<ReplayReport> {
  const report = await explored(program, replayed, replayThreads);
  if (report.verdict === 'threw' || report.verdict === 'stuck') throw explorerFinding(report, replayed)!;
  return report;
}

/** Explores or replays. The programs are right, so the explorer rejects only if a module cannot be loaded. */
async function explored<P extends ThreadProgram, R>(
  program: P,
  replayed: string,
  run: (program: P, replayed: string) => Promise<R>,
): Promise<R> {
  try {
    return await run(program, replayed).catch(async (error: unknown) => {
      if (!isSlow(error)) throw error;
      await warmUp(program, replayed);
      return run(program, replayed);
    });
  } catch (error) {
    if (!(error instanceof ExplorerError)) throw error;
    const { message, cause } = error;
    if (isSlow(error)) throw finding('timeout', message, undefined, { cause: error });
    throw Object.assign(
      finding('does not compile', message, undefined, { cause: error }),
      cause instanceof Error ? { stack: cause.stack } : {},
    );
  }
}

/** An import that did not end in the explorer's time: the machine is busy, or the student's module runs on forever. */
const isSlow = (error: unknown): boolean => error instanceof ExplorerError && error.reason === 'import-timeout';

/**
 * Starts the threads of a program one after the other: each of those that have imported the module is kept for the next
 * exploration.
 */
async function warmUp(program: ThreadProgram, replayed: string): Promise<void> {
  const { module, memory } = program;
  const all = threadList(program);
  for (const [last] of all.entries())
    await replayThreads({ module, memory, threads: all.slice(0, last + 1), schedule: [] }, replayed);
}
