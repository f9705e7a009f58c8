// Runs one schedule on real threads over real shared memory, a step at a time, and compares every result and all memory
// with the model's.
import type { TraceStep } from '../model/index.ts';
import { sameOperation, viewsOf, Woken } from '../steps/index.ts';
import type { Agent } from './agent.ts';
import type { SharedWord } from './messages.ts';
import { Cell, Command, State } from './wire-cells.ts';

/**
 * @param words real memory, at its initial values
 * @param limit milliseconds that a body may take from one step to the next
 * @returns whether every step was the one in the trace, with its result, and left memory as in the trace
 */
export function runInLockstep(
  agents: readonly Agent[],
  words: readonly SharedWord[],
  trace: readonly TraceStep[],
  limit: number,
): boolean {
  const memory = words.map(({ buffer, type, length }) => viewsOf(buffer)[type]!.subarray(0, length));
  let same = agents.every((agent) => start(agent, limit));
  for (const step of same ? trace : []) {
    same =
      follow(agents, step, limit) &&
      step.memory.every((values, word) => values.every((value, at) => memory[word]![at] === value));
    if (!same) break;
  }
  for (const agent of agents) abort(agent, limit);
  return same;
}

function start(agent: Agent, limit: number): boolean {
  const { cells } = agent.wire!;
  if (Atomics.load(cells, Cell.STATE) === State.ANSWERED && agent.awaitChange(State.ANSWERED, limit) === undefined)
    return false;
  agent.send(Command.LOCKSTEP);
  return agent.awaitChange(State.REQUESTED, limit) !== undefined;
}

function follow(agents: readonly Agent[], step: TraceStep, limit: number): boolean {
  const agent = agents[step.thread]!;
  const wire = agent.wire!;
  const state = Atomics.load(wire.cells, Cell.STATE);
  if (step.timer) return state === State.SLEEPING && wake(agent, Woken.TIMED_OUT, limit);
  if (state !== State.PENDING || !sameOperation(wire.readPending(), step.operation)) return false;
  // Only a notify needs it: how many it woke.
  wire.writeCell(step.result);
  agent.grant(State.GRANTED);
  const after = agent.awaitChange(State.GRANTED, limit);
  if (after === undefined) return false;
  if (step.result === undefined) return after === State.SLEEPING;
  return wire.readCell() === step.result && step.woken.every((sleeper) => wake(agents[sleeper]!, Woken.OK, limit));
}

function wake(agent: Agent, result: number, limit: number): boolean {
  if (Atomics.load(agent.wire!.cells, Cell.STATE) !== State.SLEEPING) return false;
  agent.wire!.writeCell(result);
  agent.grant(State.GRANTED);
  return agent.awaitChange(State.GRANTED, limit) !== undefined;
}

function abort(agent: Agent, limit: number): void {
  const state = Atomics.load(agent.wire!.cells, Cell.STATE);
  if (state === State.ENDED) return;
  agent.grant(State.ABORTED);
  if (agent.awaitChange(State.ABORTED, limit) !== State.ENDED) agent.terminate();
}
