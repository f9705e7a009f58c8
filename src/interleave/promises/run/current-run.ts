import { AsyncLocalStorage } from 'node:async_hooks';
import type { TimerTaker } from './clock.ts';
import type { PromiseVerdict } from '../types.ts';

/** As much of a run as code outside of it has to know. */
interface RunInContext extends TimerTaker {
  readonly lanes: readonly string[];
  fail(verdict: PromiseVerdict, sentence: string): void;
  log(text: () => string): void;
}

interface Here {
  run: RunInContext;
  /** Index into the run's lanes, or {@link noTask}. */
  lane: number;
}

/** Where the scenario sets the scene: what belongs to no task. */
export const noTask = -1;

/** Which run and which lane the code belongs to that is running: it follows the code through every await. */
export const here = new AsyncLocalStorage<Here>();

let current: RunInContext | undefined;

/** From now on `run` is the one that goes on; code of all others waits for ever. */
export function makeCurrent(run: RunInContext | undefined): void {
  current = run;
}

/** @returns whether `run` is the one that goes on */
export const isCurrent = (run: RunInContext): boolean => run === current;

const nobody: TimerTaker = { add: () => ({ clear: () => undefined }) };

/** @returns who takes a timer that is set now: the run, nobody where the run is over, `undefined` where no run has to do with it */
export function timerTaker(): TimerTaker | undefined {
  const run = here.getStore()?.run;
  return run === undefined || run === current ? run : nobody;
}

/** @returns the name of the lane whose code is running, if any */
export function laneHere(): string | undefined {
  const store = here.getStore();
  return store && store.run === current ? store.run.lanes.at(store.lane) : undefined;
}

/** Tells the running schedule of a mishap that reaches no task: an uncaught error, `process.exit`. */
export const reportMishap = (verdict: PromiseVerdict, sentence: string): void => current?.fail(verdict, sentence);

/** Takes a line that the code under test prints. @returns whether it belongs to a run */
export function takeLog(text: () => string): boolean {
  const run = here.getStore()?.run;
  if (run !== undefined && run === current) run.log(text);
  return run !== undefined;
}
