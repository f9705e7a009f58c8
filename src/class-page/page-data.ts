import type { Bar } from '#src/drawing/browser/bar-drawing.js';
import type { Check } from '#src/suite/index.ts';

/** What the page knows beside its table: embedded as JSON, read when a cell is opened or the table is sorted. */
export interface PageData {
  readonly exercises: readonly PageExercise[];
  readonly students: readonly PageStudent[];
  /** Equal ones stand once: most students who have all points look the same. */
  readonly details: readonly Detail[];
}

export interface PageExercise {
  readonly id: string;
  readonly title: string;
  readonly attainable: number;
  readonly tasks: readonly { readonly number: number; readonly title: string; readonly attainable: number }[];
}

export interface PageStudent {
  readonly name: string;
  /** Null where the folder could not be judged. */
  readonly points: number | null;
  /** One for each exercise; null where it was not judged. */
  readonly cells: readonly (Cell | null)[];
  readonly problem?: string;
}

export interface Cell {
  /** Null after a fault. */
  readonly points: number | null;
  readonly verdict: string;
  readonly standing: Standing;
  /** Index into the details. */
  readonly detail: number;
}

/** How an exercise went, for sign and color. `blank`: not begun; `open`: inconclusive; `fault`: no verdict. */
export type Standing = 'all' | 'some' | 'none' | 'blank' | 'open' | 'fault';

export interface Detail {
  readonly points: number | null;
  readonly verdict: string;
  readonly standing: Standing;
  readonly fault?: { readonly sentence: string; readonly output?: string | undefined };
  readonly tasks: readonly TaskDetail[];
  readonly notes: readonly string[];
  readonly differences: readonly Difference[];
}

export interface TaskDetail {
  readonly number: number;
  readonly points: number;
  readonly verdict: string;
  /** The first that is not passed. */
  readonly check?: CheckDetail;
  /** Titles and verdicts of the others that failed. */
  readonly others?: readonly string[];
}

export interface CheckDetail {
  readonly title: string;
  readonly sentence: string;
  readonly place?: string;
  readonly misconception?: string;
  readonly evidence?: string;
  readonly bars?: readonly Bar[];
  readonly timeline?: Timeline;
}

export type Timeline = NonNullable<Check['timeline']>;

/** From the student's file to the reference's; null where the two have too little in common. */
export interface Difference {
  readonly file: string;
  readonly hunks: readonly { readonly line: number; readonly lines: readonly string[] }[] | null;
}
