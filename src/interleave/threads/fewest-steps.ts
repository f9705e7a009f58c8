// In how few steps a program can be broken.
import { setImmediate as eventLoopTurn } from 'node:timers/promises';
import { openExecutor } from './agents/index.ts';
import { checkProgram, Model } from './model/index.ts';
import type { ThreadProgram } from './model/index.ts';
import { BreadthFirst, preemptionsOf, ScheduleChecker, traceOf, Walker } from './search/index.ts';
import { tokenOf } from './token.ts';

/** What is known of the fewest steps. */
export interface FewestSteps {
  /** No schedule fails in fewer steps. */
  readonly atLeast: number;
  /** A schedule that fails in so few, undefined if the search ended before it found one. */
  readonly token: string | undefined;
}

/** The search gives the event loop a turn this often (ms). */
const TURN = 50;

/**
 * Looks for the failing schedule with the fewest steps, breadth first. An update counts as lost at the step that writes
 * over it, if the run fails when it goes on from there without preemption.
 * @param program in which some schedule fails: the search in one that holds ends with its budget
 * @throws {ExplorerError} if the module cannot be imported or a body is missing
 */
export async function fewestSteps(
  program: ThreadProgram,
  { milliseconds, states }: { milliseconds: number; states: number },
): Promise<FewestSteps> {
  const checked = checkProgram(program);
  const executor = await openExecutor(checked);
  try {
    const { layout, names, steps } = checked;
    const model = new Model(layout, names.length, { clocks: false });
    const checker = new ScheduleChecker(layout, names, program);
    const walker = new Walker(model, executor, checker, { steps, timers: Infinity }, false);
    const search = new BreadthFirst(walker, states);
    const deadline = performance.now() + milliseconds;
    for (;;) {
      const progress = search.advance(Math.min(deadline, performance.now() + TURN));
      if (progress === 'agent-gone') await executor.revive();
      else if (progress === 'pause' && performance.now() < deadline) await eventLoopTurn();
      else break;
    }
    const { path } = search;
    const token = path && tokenOf(path, preemptionsOf(traceOf(walker, path)));
    return { atLeast: search.depth + 1, token };
  } finally {
    executor.release();
  }
}
