// What there is to find in a program, and with how little: the explorer's answer.
import { asSentences } from '#src/exploration/index.ts';
import { explore, explorePromises, fewestSteps, positionAfter } from '#src/interleave/index.ts';
import type { PromiseReport, ThreadProgram, ThreadReport } from '#src/interleave/index.ts';
import type { Best, Goal } from './page-data.ts';
import type { Playable } from './programs.ts';
import { isAsleep, notImplemented } from './view.ts';

/** Milliseconds for each of the two searches, and the states that the search for the fewest steps keeps. */
const patience = 10_000;
const states = 500_000;

/** @throws {ExplorerError} if the module cannot be imported, or a body is missing */
export async function goalOf(program: Playable, endsAsleep?: string): Promise<Goal> {
  const goal = await searched(program);
  if (endsAsleep === undefined || (goal.verdict !== 'pass' && !isAsleep(goal.verdict))) return goal.found;
  return { sentence: goal.verdict === 'pass' ? `${endsAsleep} In your code, it never does.` : endsAsleep };
}

/** Of promises, no bound is known. */
type Tried = Pick<ThreadReport, 'reason' | 'schedules' | 'cut'> & { readonly bound?: number };

interface Searched {
  readonly verdict: string;
  readonly found: Goal;
}

async function searched(program: Playable): Promise<Searched> {
  if ('scenario' in program) {
    const report = await explorePromises({ ...program, budget: { milliseconds: patience } });
    return goalFrom(report, report.token && bestOfPromises(report));
  }
  const report = await explore({ ...program, budget: { milliseconds: patience }, demonstrate: false });
  if (!isGame(report)) return goalFrom(report);
  const { best, isLost } = await bestOfThreads(program, report);
  return goalFrom(report, best, isLost);
}

function goalFrom(report: ThreadReport | PromiseReport, best?: Best | '', isLost = false): Searched {
  return { verdict: report.verdict, found: goalIn(report, best, isLost) };
}

function goalIn(report: ThreadReport | PromiseReport, best: Best | '' | undefined, isLost: boolean): Goal {
  const { verdict, reason, sentence } = report;
  if (verdict === 'pass') return { sentence: nothingFound(report) };
  if (reason === 'not-implemented') return { sentence: `Nothing to play yet: ${notImplemented(report)}` };
  const goal = isLost ? 'Goal: lose an update, in as few steps as you can.' : goals[verdict];
  const example = verdict === 'violation' ? ` A run that fails may end like this: ${asSentences(sentence)}` : '';
  return { sentence: goal === undefined ? asSentences(sentence) : `${goal}${example}`, ...(best ? { best } : {}) };
}

/** What was tried, and what was not, for a reader who may not know the explorer's terms. */
export function nothingFound({ reason, schedules, cut, bound = -1 }: Tried): string {
  const count = schedules.toLocaleString('en-US');
  if (reason === 'exhausted')
    return schedules === 1
      ? 'Nothing to find: only one order of the steps is possible, and it does not fail.'
      : `Nothing to find: ${count} schedules were tried, which cover every order of the steps, and none of them fails.`;
  const tried = `Nothing found: ${count} orders of the steps (schedules) were tried, and none of them fails`;
  if (cut > 0) return `${tried}. ${cut} of them take so many steps that they were not followed to the end.`;
  if (bound < 0) return `${tried}. There are more, which were not tried.`;
  return (
    `${tried}. They include every schedule with at most ${bound} ${bound === 1 ? 'preemption' : 'preemptions'} (a ` +
    'preemption switches away from a thread that could go on). Of those with more, not all were tried.'
  );
}

const goals: Readonly<Record<string, string>> = {
  violation: 'Goal: make the result wrong, in as few steps as you can.',
  deadlock: 'Goal: find the deadlock, in as few steps as you can: somebody waits forever.',
  'lost wake-up': 'Goal: find the deadlock: somebody falls asleep just after the wake-up, and sleeps forever.',
  reached: 'Goal: reach the state that the question `reachable` of the program asks for.',
  livelock: 'Goal: find the livelock: everybody runs, and nobody gets anywhere.',
  'data race': 'Goal: find the data race: two accesses to the same memory that nothing puts in order.',
};

const isGame = ({ verdict }: ThreadReport): boolean => Object.hasOwn(goals, verdict) && verdict !== 'data race';

async function bestOfThreads(
  program: ThreadProgram,
  { token }: ThreadReport,
): Promise<{ best?: Best; isLost: boolean }> {
  if (token === undefined) return { isLost: false };
  const fewest = await fewestSteps(program, { milliseconds: patience, states });
  const schedule = fewest.token ?? token;
  const { lost, steps } = await positionAfter({ ...program, schedule });
  const known = lost?.write ?? steps;
  const atLeast = fewest.token === undefined ? fewest.atLeast : known;
  return { best: { measure: 'steps', atLeast, schedule, known }, isLost: lost !== undefined };
}

/** The explorer of promises reports a schedule with the fewest switches. */
function bestOfPromises({ token = '', timeline }: PromiseReport): Best {
  const switches = timeline?.rows.filter(({ preemption }) => preemption).length ?? 0;
  return { measure: 'switches', atLeast: switches, schedule: token, known: switches };
}
