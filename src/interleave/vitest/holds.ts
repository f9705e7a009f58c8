import { explore, explorePromises, formatReport, replay, replayPromises } from '../index.ts';
import type { BaseReport, ExploreOptions, PassReason, PromiseProgram, ThreadProgram } from '../index.ts';

/** A program as `explore` or `explorePromises` takes it. */
export type ExploredProgram = ThreadProgram | PromiseProgram;

/** How far to search. The defaults are those of `explore` and `explorePromises`. */
export interface HoldOptions {
  /** Preemptions of threads, or switches between promises. */
  bound?: number;
  /** Search until no schedule is left, or the budget ends. For promises that is the default. */
  unbounded?: boolean;
  /** `megabytes` counts for threads only. */
  budget?: ExploreOptions['budget'];
  /** Run this schedule only: the token of a failure's `replay:` line. */
  schedule?: string;
}

/** Whether a program holds, and the report for a person. */
export interface Held {
  /** `unknown`: the search ended before it had visited every schedule within the bound. */
  readonly answer: 'holds' | 'fails' | 'unknown';
  readonly text: string;
}

/** Explores a program, or runs one schedule of it. */
export async function holdsInEverySchedule(program: ExploredProgram, options: HoldOptions): Promise<Held> {
  const report = await reportOf(program, options);
  const text = formatReport(report);
  if (report.verdict !== 'pass') return { answer: 'fails', text: `${text}${replayLine(report)}` };
  const missed = whatIsMissed(report.reason as PassReason);
  if (missed) return { answer: 'unknown', text: `Not every schedule was visited: ${missed}.\n${text}` };
  // Of a test that passes nobody reads the report.
  for (const note of report.notes) console.warn(note);
  return { answer: 'holds', text: `Expected a schedule that fails, but none does.\n${text}` };
}

function reportOf(program: ExploredProgram, { schedule, ...limits }: HoldOptions): Promise<BaseReport> {
  if ('threads' in program)
    return schedule === undefined ? explore({ ...program, ...limits }) : replay({ ...program, schedule });
  if ('scenario' in program)
    return schedule === undefined
      ? explorePromises({ ...program, ...limits })
      : replayPromises({ ...program, schedule });
  throw new TypeError(
    'Expected a program with `threads` and `memory`, as for explore, or with `module` and `scenario`, as for ' +
      `explorePromises; got ${JSON.stringify(program)}.`,
  );
}

const replayLine = ({ token }: BaseReport): string =>
  token === undefined ? '' : `\nreplay: await expect(program).toHoldInEverySchedule({ schedule: '${token}' })`;

function whatIsMissed(reason: PassReason): string | undefined {
  switch (reason) {
    case 'exhausted':
    case 'bound':
    case 'replayed':
      return undefined;
    case 'step-limit':
      return 'some were cut; let the program take fewer steps, or raise its `steps`';
    case 'budget-milliseconds':
    case 'budget-schedules':
    case 'budget-memory':
      return 'the budget ended the search; raise `budget`, or lower `bound`';
  }
}
