/** A program that a suite explores, and what `kata replay` says about it. */
export interface Described<Program> {
  (): Program;
  /** What its threads or tasks do, without a period at the end. */
  readonly sentence: string;
  /** Who must sleep at the end, as a sentence: this program is not meant to end otherwise. */
  readonly endsAsleep?: string;
}

/** @returns the program with its sentence */
export const described = <Program>(
  sentence: string,
  program: () => Program,
  about: { readonly endsAsleep?: string } = {},
): Described<Program> => Object.assign(() => program(), { sentence, ...about });
