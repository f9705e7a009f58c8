// Where a schedule stands after some of its steps: the agent's side, and what its owner makes of a run that broke off.
import type { Choice, Ending, LaneStanding, Position, Timeline } from '../report/index.ts';
import { record, type JobOf, type LoadedScenario } from './jobs.ts';
import type { AgentReply } from './messages.ts';
import type { PromiseReport } from './promise-report.ts';
import { pack, Recorder, timersLane, unpack } from './run/index.ts';
import type { Chooser, RunResult, Waiting } from './run/index.ts';
import { orderToken } from './schedule.ts';
import { WrittenSchedule } from './written-schedule.ts';

/** What there was when the schedule was at its end. */
interface Stop {
  readonly timeline: Timeline;
  readonly waiting: Waiting;
}

/** @returns the position, or a sentence if the schedule cannot be read */
export async function positionJob(
  program: LoadedScenario,
  { schedule, steps: most, goesOn }: JobOf<'position'>,
): Promise<Extract<AgentReply, { kind: 'position' }> | string> {
  const recorder = new Recorder(program.module, program.source);
  let stop: Stop | undefined;
  const written = new WrittenSchedule(schedule, () => {
    stop = { timeline: recorder.timeline(''), waiting: recorder.waiting };
  });
  const chooser: Chooser = {
    choose(enabled, last) {
      const choice = written.choose(enabled, last);
      return stop && !goesOn ? { failure: neverShown } : choice;
    },
  };
  const { result } = await record(program, chooser, (lanes) => written.begin(lanes, most), recorder);
  if (written.unreadable) return written.unreadable;
  const steps = stop?.timeline.rows.filter((row) => row.step !== undefined).length;
  const order = result.order.slice(0, steps);
  const { timeline, waiting } = stop ?? { timeline: recorder.timeline(''), waiting: recorder.waiting };
  const unused = `the run ${result.cut ? 'is cut' : 'ended'} after step ${order.length}, ${written.unused} steps early`;
  const position = positionOf(
    { timeline, waiting },
    order,
    stop ? undefined : endingOf(result),
    written.left ?? (!stop && written.unused > 0 ? unused : undefined),
  );
  const ended = !result.failure || result.failure.reason === 'invariant';
  return { kind: 'position', position, clean: goesOn && ended };
}

/** @param report of a run that broke off, or that never began */
export function endedPosition({ verdict, reason, sentence, thrown, timeline, token }: PromiseReport): Position {
  const shown = timeline ?? { lanes: [], words: [], initial: [], rows: [] };
  const lanes = shown.lanes.map((): LaneStanding => ({ state: 'ended', places: [] }));
  return {
    timeline: shown,
    token: token ?? orderToken(''),
    steps: shown.rows.filter(({ step }) => step !== undefined).length,
    preemptions: preemptionsOf(shown),
    lanes,
    choices: [],
    ending: { verdict, reason, sentence, ...(thrown && { thrown }) } as Ending,
    lost: undefined,
    left: undefined,
  };
}

function positionOf(
  { timeline, waiting }: Stop,
  order: string,
  ending: Ending | undefined,
  left: string | undefined,
): Position {
  const preemptions = preemptionsOf(timeline);
  const last = unpack(order.slice(-1))[0]?.lane ?? -1;
  const couldGoOn = waiting.choices.some(({ lane }) => lane === last);
  const timers = timeline.lanes.length - 1;
  const isUsed =
    waiting.choices.some(({ lane }) => lane === timers) || timeline.rows.some(({ lane }) => lane === timers);
  const lanes = isUsed ? timeline.lanes : timeline.lanes.filter((name) => name !== timersLane);
  const standing = lanes.map((name, lane): LaneStanding => {
    const { running, places } = waiting.lanes[lane] ?? { running: false, places: [] };
    if (waiting.choices.some((choice) => choice.lane === lane)) return { state: 'ready', places };
    return { state: running || name === timersLane ? 'asleep' : 'ended', places };
  });
  const choices = waiting.choices.map(({ lane, pending, label }): Choice => ({
    lane,
    text: label,
    preempts: couldGoOn && lane !== last,
    token: orderToken(order + pack(lane, pending)),
  }));
  return {
    timeline: { ...timeline, lanes },
    token: orderToken(order),
    steps: order.length,
    preemptions,
    lanes: standing,
    choices,
    ending,
    lost: undefined,
    left,
  };
}

function endingOf({ failure, cut, order }: RunResult): Ending | undefined {
  if (failure) return failure;
  if (cut) return undefined;
  return {
    verdict: 'pass',
    reason: 'replayed',
    sentence: `The schedule of ${order.length} steps ends as it should.`,
  };
}

const preemptionsOf = ({ rows }: Timeline): number => rows.filter(({ preemption }) => preemption).length;

/** A run that stops in the middle has no end to speak of. */
const neverShown = { verdict: 'not deterministic', reason: 'not-deterministic', sentence: '' } as const;
