import { KataError } from '#src/course/index.ts';

/** @returns what `command` returns; where it refuses its input, the program exits with 2, since 1 means few points */
export const exitingWith2 = (command: Promise<number>): Promise<number> =>
  command.catch((error: unknown) => {
    throw error instanceof KataError ? Object.assign(error, { exitCode: 2 }) : error;
  });
