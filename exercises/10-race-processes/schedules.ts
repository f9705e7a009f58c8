import { NotImplementedError } from '#shared/not-implemented.ts';

// A schedule is a string of letters: A lets process A take its next step, B lets process B. Each increment has three
// steps: read, open (which empties the file), write.

/**
 * Task 3: finds a schedule that loses an update.
 * @returns a complete schedule of two increments after which the count is 1
 */
export function losesUpdate(): string {
  throw new NotImplementedError();
}

/**
 * Task 3: finds the shortest way to a torn read.
 * @returns the shortest schedule of two increments after which one of them has failed
 */
export function tornRead(): string {
  throw new NotImplementedError();
}

/**
 * Task 4: finds a schedule that loses an update although each process replaces the file in one step. An increment has
 * four steps here: read, open the temporary file, write into it, rename it.
 * @returns a complete schedule of two increments by `replaceCounter` after which the count is 1
 */
export function losesDespiteReplace(): string {
  throw new NotImplementedError();
}
