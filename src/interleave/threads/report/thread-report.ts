import type { BaseReport, ThreadVerdict } from '../../report/index.ts';
import type { ThreadOutcome } from '../search/index.ts';

/** What came of an exploration or a replay. */
export interface ThreadReport extends BaseReport {
  verdict: ThreadVerdict;
  /** Schedules visited: run to their end, or to a state that was already covered. */
  schedules: number;
  /** Of these, the ones that met a state already covered. */
  joined: number;
  /** Of these, the ones cut at the step limit. */
  cut: number;
  /** Steps done by the search. */
  steps: number;
  /**
   * The largest number of preemptions up to which every schedule was covered to its end; −1 if not even 0 (or if some
   * were cut), Infinity if all were.
   */
  bound: number;
  demonstrated: boolean | undefined;
  /** In the order found. */
  outcomes: readonly ThreadOutcome[];
}

/** The report of one replayed schedule; `outcomes` holds its end if it was complete, `timeline` all of its steps. */
export interface ReplayReport extends ThreadReport {
  /** Preemptions in the run. */
  preemptions: number;
  /** Steps of the given schedule that were followed. */
  followed: number;
  /** Whether the rest was left because it named a thread that could not run. */
  left: boolean;
}
