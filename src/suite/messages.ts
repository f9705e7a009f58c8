/** The file descriptor of Vitest's main process on which the reporter writes and the grader reads. */
export const reportDescriptor = 3;

/**
 * An error as it leaves Vitest's worker: class and prototype are gone, own fields such as a Finding's verdict are
 * still there.
 */
export interface ReportedError {
  name: string;
  message: string;
  stack?: string | undefined;
  diff?: string | undefined;
  /** Of an assertion that compares: both sides, as Vitest prints them. */
  expected?: string | undefined;
  actual?: string | undefined;
  verdict?: string | undefined;
  evidence?: string | undefined;
  studentFrame?: unknown;
  /** The structure behind the evidence, if that shows a schedule. */
  timeline?: unknown;
  /** Of an unhandled error: the title of the test that ran when it came. */
  test?: string | undefined;
  cause?: ReportedError | undefined;
}

/**
 * A note on a check that passed: `inconclusive` where this machine could not decide, `measured` with its
 * figures.
 */
export interface Annotation {
  type: string;
  message: string;
}

/**
 * What the reporter sends while a suite runs: NDJSON, in this order, `end` last. A run that was killed has no `end`.
 */
export type Message =
  | { type: 'start'; files: string[] }
  | {
      type: 'collected';
      file: string;
      checks: { id: string; names: string[]; skipped: boolean; requirements: string[] }[];
    }
  | { type: 'check-started'; id: string }
  | {
      type: 'check-ended';
      id: string;
      state: 'passed' | 'failed' | 'skipped' | 'pending';
      errors: ReportedError[];
      milliseconds: number;
      note?: string | undefined;
      annotations: Annotation[];
    }
  | { type: 'group-failed'; ids: string[]; errors: ReportedError[] }
  | { type: 'file-ended'; file: string; errors: ReportedError[] }
  | { type: 'end'; reason: 'passed' | 'failed' | 'interrupted'; unhandled: ReportedError[] };
