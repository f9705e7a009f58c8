/** One line of the doctor's: what was looked at, what was found, and what to do where it is not fine. */
export interface DoctorLine {
  /** What was looked at. */
  readonly name: string;
  /** `warn`: verdicts stay right, timings may be inconclusive. `bad`: the kata will not work. */
  readonly level: 'ok' | 'warn' | 'bad';
  readonly found: string;
  readonly advice?: string;
}
