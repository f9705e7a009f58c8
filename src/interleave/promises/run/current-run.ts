import { AsyncLocalStorage } from 'node:async_hooks';
import type { TimerTaker } from './clock.ts';
import type { PromiseFailure } from './failures.ts';

/** As much of a run as the code around it has to know. */
interface RunWithCode extends TimerTaker {
  readonly lanes: readonly string[];
  fail(failure: PromiseFailure): void;
  log(text: () => string): void;
}

interface Here {
  run: RunWithCode;
  /** Index into the run's lanes, or {@link noTask}. */
  lane: number;
}

/** Where the scenario sets the scene: what belongs to no task. */
export const noTask = -1;

/** Which run and which lane the code belongs to that is running: it follows the code through every await. */
export const here = new AsyncLocalStorage<Here>();

let current: RunWithCode | undefined;

/** From now on `run` is the one that goes on; code of all others waits forever. */
export function makeCurrent(run: RunWithCode | undefined): void {
  current = run;
}

/** @returns whether `run` is the one that goes on */
export const isCurrent = (run: RunWithCode): boolean => run === current;

const nobody: TimerTaker = { add: () => ({ clear: () => undefined }) };

/**
 * @returns who takes a timer that is set now: the run, nobody if that run is over, `undefined` if the code belongs to
 * no run
 */
export function timerTaker(): TimerTaker | undefined {
  const run = here.getStore()?.run;
  return run === undefined || run === current ? run : nobody;
}

/** @returns the name of the lane whose code is running, if any */
export function laneHere(): string | undefined {
  const store = here.getStore();
  return store && store.run === current ? store.run.lanes.at(store.lane) : undefined;
}

/** Ends the running schedule with a failure that reaches no task: an uncaught error, `process.exit`. */
export const failCurrent = (failure: PromiseFailure): void => current?.fail(failure);

/** Takes a line that the code under test prints. @returns whether it belongs to a run */
export function takeLog(text: () => string): boolean {
  const run = here.getStore()?.run;
  if (run !== undefined && run === current) run.log(text);
  return run !== undefined;
}
