import type { ThrownError } from '../common/index.ts';
import type { FailureReason, Reason } from './reasons.ts';
import type { Timeline } from './timeline.ts';

/**
 * How an exploration of threads ended. `lost wake-up` is a deadlock in which a sleeper missed the notify that was meant
 * for it.
 */
export type ThreadVerdict =
  | 'pass'
  /** Some schedule leads to the state that `reachable` asks for. */
  | 'reached'
  | 'violation'
  | 'deadlock'
  | 'lost wake-up'
  | 'livelock'
  | 'data race'
  | 'uncontrolled access'
  | 'stuck'
  | 'threw'
  | 'not deterministic';

/** How an exploration of promises ended. */
export type PromiseVerdict =
  | 'pass'
  | 'reached'
  | 'violation'
  | 'deadlock'
  | 'livelock'
  | 'stuck'
  | 'threw'
  | 'unhandled rejection'
  | 'uncontrolled access'
  | 'not deterministic';

/** How an exploration ended. */
export type ExplorerVerdict = ThreadVerdict | PromiseVerdict;

/** What the reports of both explorers have in common: all that it takes to show one. */
export interface BaseReport {
  verdict: ExplorerVerdict;
  /** Why, for programs to decide on. */
  reason: Reason;
  /** One sentence: what went wrong, or that nothing did. */
  sentence: string;
  /** The error behind the verdict, if the code under test threw one. */
  thrown?: ThrownError;
  /** What was covered, and what was not. */
  coverage: string;
  /**
   * Further facts worth a line each: a race beside a violation, an entry of a replayed schedule that could not be
   * followed, or a warning that a pass says little, because the schedules cannot differ.
   */
  notes: readonly string[];
  /**
   * Whether the failing schedule, run once more on real threads, came out the same. Undefined if it was not run again.
   */
  demonstrated?: boolean | undefined;
  /** The failing (or replayed) schedule; undefined after a pass. */
  timeline: Timeline | undefined;
  /** Replays that schedule; undefined after a pass. */
  token: string | undefined;
}

/** What went wrong in one schedule. */
export interface Failure {
  verdict: ExplorerVerdict;
  reason: FailureReason;
  sentence: string;
  thrown?: ThrownError;
}
