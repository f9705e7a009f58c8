/** A value that a timeline can show. Anything else is shown as text. */
export type Shown = string | number | bigint | boolean | null;

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
