import type { Check } from '#src/suite/index.ts';

/** What the page knows: embedded as JSON, and drawn anew at each step. */
export interface PageData {
  readonly checks: readonly PageCheck[];
  /** Texts of the exercise's files that a timeline names, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A check that did not pass. */
export interface PageCheck {
  readonly id: string;
  readonly title: string;
  readonly verdict: string;
  readonly sentence: string;
  readonly place?: string;
  readonly misconception?: string;
  readonly evidence?: string;
  readonly timeline?: NonNullable<Check['timeline']>;
}
