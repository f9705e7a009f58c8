import type { BaseReport, PromiseVerdict, Shown } from '../report/index.ts';

/** One way in which schedules ended. */
export interface PromiseOutcome {
  /** What the scene's `state` showed at the end. */
  state: Record<string, Shown>;
  /** Schedules visited that ended so. */
  schedules: number;
}

/** What came of an exploration or a replay. */
export interface PromiseReport extends BaseReport {
  verdict: PromiseVerdict;
  /** Whether every order was visited: nothing cut, no bound met, no budget used up. */
  complete: boolean;
  /** Schedules visited, of these the failing ones, and of these the ones cut at the step limit. */
  schedules: number;
  failures: number;
  cut: number;
  /** Steps of all of them together. */
  steps: number;
  /** Most timers that fired in one schedule. */
  timers: number;
  /** Most operations and timers that were still pending when the tasks of one schedule had ended. */
  leftovers: number;
  /** The most frequent first. */
  outcomes: readonly PromiseOutcome[];
}
