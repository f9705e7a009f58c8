/** A program that a suite explores, and what `kata replay` and `kata play` say about it. */
export interface Described<Program> {
  (): Program;
  /** Number of the task that it belongs to: the first whose checks explore it. */
  readonly task: number;
  /** What its threads or tasks do, without a period at the end. */
  readonly sentence: string;
  /** Who must sleep at the end, as a sentence: this program is not meant to end otherwise. */
  readonly endsAsleep?: string;
}

/** @returns the program with its sentence */
export const described = <Program>(
  task: number,
  sentence: string,
  program: () => Program,
  about: { readonly endsAsleep?: string } = {},
): Described<Program> => Object.assign(() => program(), { task, sentence, ...about });
