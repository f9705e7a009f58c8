/** A program that a suite explores, and what `kata replay` says about it. */
export interface Described<Program> {
  (): Program;
  /** What its threads or tasks do, without a period at the end. */
  readonly sentence: string;
}

/** @returns the program with its sentence */
export const described = <Program>(sentence: string, program: () => Program): Described<Program> =>
  Object.assign(() => program(), { sentence });
