import type { PromiseFailure } from './failures.ts';

/** Picks the next step of a schedule. */
export interface Chooser {
  /**
   * @param enabled what may be chosen, packed, never empty
   * @param last the lane of the step before, −1 at the start
   * @param signature differs between two different situations
   * @returns the choice, packed, or why the schedule ends here
   */
  choose(enabled: string, last: number, signature: () => string): string | Refusal;
}

/** Why a schedule ends before its next step. */
export interface Refusal {
  failure: PromiseFailure;
  /** A choice, packed, to be shown as the last step without being made: it would not come back. */
  doomed?: string;
}
