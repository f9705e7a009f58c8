// What there is to find in a program, and with how little: the explorer's answer.
import { explore, explorePromises, fewestSteps, positionAfter } from '#src/interleave/index.ts';
import type { PromiseReport, ThreadProgram, ThreadReport } from '#src/interleave/index.ts';
import type { Best, Goal } from './page-data.ts';
import type { Playable } from './programs.ts';
import { notImplemented } from './view.ts';

/** Milliseconds for each of the two searches, and the states that the search for the fewest steps keeps. */
const patience = 10_000;
const states = 500_000;

/** @throws {ExplorerError} if the module cannot be imported, or a body is missing */
export async function goalOf(program: Playable): Promise<Goal> {
  if ('scenario' in program) {
    const report = await explorePromises({ ...program, budget: { milliseconds: patience } });
    return goalFrom(report, report.token && bestOfPromises(report));
  }
  const report = await explore({ ...program, budget: { milliseconds: patience }, demonstrate: false });
  return goalFrom(report, isGame(report) ? await bestOfThreads(program, report) : undefined);
}

function goalFrom(report: ThreadReport | PromiseReport, best: Best | '' | undefined): Goal {
  const { verdict, reason, sentence, coverage } = report;
  if (verdict === 'pass') return { sentence: `No schedule breaks it: ${coverage.replace(/\.$/, '')}.` };
  if (reason === 'not-implemented') return { sentence: `Nothing to play yet: ${notImplemented(report)}` };
  return { sentence: goals[verdict] ?? `It fails (${verdict}): ${sentence}`, ...(best ? { best } : {}) };
}

const goals: Readonly<Record<string, string>> = {
  violation: 'Goal: find an order of steps after which the result is wrong, with as few as you can.',
  deadlock: 'Goal: find the deadlock, an order of steps after which somebody waits forever, with as few as you can.',
  'lost wake-up': 'Goal: find the deadlock: somebody falls asleep just after the wake-up, and sleeps forever.',
  reached: 'Goal: reach the state that the question `reachable` of the program asks for.',
  livelock: 'Goal: find the livelock: everybody runs, and nobody gets anywhere.',
  'data race': 'Goal: find the data race: two accesses to the same memory that nothing puts in order.',
};

const isGame = ({ verdict }: ThreadReport): boolean => Object.hasOwn(goals, verdict) && verdict !== 'data race';

async function bestOfThreads(program: ThreadProgram, { token }: ThreadReport): Promise<Best | undefined> {
  if (token === undefined) return undefined;
  const fewest = await fewestSteps(program, { milliseconds: patience, states });
  const schedule = fewest.token ?? token;
  const { lost, steps } = await positionAfter({ ...program, schedule });
  const known = lost?.write ?? steps;
  return { measure: 'steps', atLeast: fewest.token === undefined ? fewest.atLeast : known, schedule, known };
}

/** The explorer of promises reports a schedule with the fewest switches. */
function bestOfPromises({ token = '', timeline }: PromiseReport): Best {
  const switches = timeline?.rows.filter(({ preemption }) => preemption).length ?? 0;
  return { measure: 'switches', atLeast: switches, schedule: token, known: switches };
}
