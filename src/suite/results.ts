import type { Verdict } from '#src/verdict/index.ts';

/** `missing`: the check exists, but the run ended without a result for it. */
export type CheckState = 'passed' | 'failed' | 'inconclusive' | 'missing';

export interface Check {
  /** Task and place in it: `3.2`. Stays the same from run to run. */
  id: string;
  task: number;
  title: string;
  state: CheckState;
  verdict: Verdict;
  /** What happened, for the student; nothing when the check has passed. */
  sentence?: string;
  /** Lines to look at: a chart, a timeline, a diff. */
  evidence?: string;
  /** The place in the student's own code, a path from the course's root. */
  file?: string;
  line?: number;
  column?: number;
  milliseconds: number;
}

export interface TaskResult {
  number: number;
  title: string;
  /** Every check of the task has run, and none failed. */
  earned: boolean;
  /** Of the first check that is not passed. */
  verdict: Verdict;
  checks: Check[];
}

/** A failure that is not the student's: a full disk, no memory, a kill from outside, a mistake in the suite. */
export interface Fault {
  sentence: string;
  /** The end of what the run printed. */
  output?: string;
}

export interface SuiteResult {
  tasks: TaskResult[];
  /** The whole suite was ended by the parent; what was earned before stays. */
  stopped?: 'timeout' | 'too much output';
  fault?: Fault;
}

/** The facts of a run that its messages are read with. */
export interface SuiteRun {
  root: string;
  /** Absolute path of the folder whose files were judged. */
  folder: string;
  /** Numbers of the tasks that were asked for; all when left out. */
  tasks?: readonly number[] | undefined;
  inline: boolean;
  timeoutMilliseconds: number;
  outputLimit: number;
}
