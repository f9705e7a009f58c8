/** A value that a timeline can show. Anything else is shown as text. */
export type Shown = string | number | bigint | boolean | null;

/** A line (from 1) of a source file, given as URL or path. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** What a step did to memory, for programs that look for the cause of a failure. */
export interface Access {
  /** The cell of memory, such as `locks[1]`. */
  readonly word: string;
  readonly reads: boolean;
  /** Whether it wrote, even if the value stayed the same. */
  readonly writes: boolean;
  /** An element access rather than a call of Atomics. */
  readonly plain: boolean;
  /** A wait that fell asleep. */
  readonly sleeps: boolean;
  /** Threads that a notify woke; undefined for all other steps. */
  readonly woke: number | undefined;
}

/** One line of a timeline: a step, or a mark between two steps. */
export interface TimelineRow {
  /** From 1; a mark has none. */
  step: number | undefined;
  /** Index into `lanes`. */
  lane: number;
  /** What was done and what came of it: `cas lock 0→1`, `read → 100`. */
  text: string;
  /** URL or path of the source file and the line (from 1) of the step, if known. */
  file: string | undefined;
  line: number | undefined;
  /** All places on the way to the step, innermost first, if known. */
  places?: readonly Place[];
  /** What the step did to memory, if the explorer knows. */
  access?: Access;
  /** The thread or task before could have gone on: this step preempts it. */
  preemption: boolean;
  /** The values of `words` after the step. */
  values: readonly Shown[];
}

/** A schedule drawn as lanes side by side, one for each thread or task, with the state after each step. */
export interface Timeline {
  /** Names of the threads or tasks. */
  lanes: readonly string[];
  /** Names of the values shown: `lock`, `flags[1]`, `balance`. */
  words: readonly string[];
  /** The values of `words` before the first step. */
  initial: readonly Shown[];
  rows: readonly TimelineRow[];
}

/** A step, or a mark between two steps, as it is shown. */
export interface ShownRow {
  step?: number;
  lane: number;
  text: string;
  /** The student's line: `mutex.ts:12`, or `:12` where there is only one file. */
  place?: string;
  /** Of the words after the step. */
  values: string[];
  /** The thread or task before could have gone on. */
  preempts?: true;
  /** The step to look at. */
  cause?: true;
}

/** A timeline as it is shown: rounds of the same rows are folded, and nothing is left of the suite's own places. */
export interface ShownTimeline {
  lanes: string[];
  words: string[];
  initial: string[];
  /** The name of the file of the places that name none. */
  file?: string;
  rows: (ShownRow | { leftOut: string })[];
}
