// A schedule is a string of letters: A lets process A take its next step, B lets process B. Each increment has three
// steps: read, open (which empties the file), write.

/**
 * Finds a schedule that loses an update: B reads the old count before A has written the new one.
 * @returns a complete schedule of two increments after which the count is 1
 */
export function losesUpdate(): string {
  return 'ABAABB';
}

/**
 * Finds the shortest way to a torn read: B reads after A has opened the file and before A has written into it.
 * @returns the shortest schedule of two increments after which one of them has failed
 */
export function tornRead(): string {
  return 'AAB';
}

/**
 * Finds a schedule that loses an update although each process replaces the file in one step. An increment has four
 * steps here: read, open the temporary file, write into it, rename it.
 * @returns a complete schedule of two increments by `replaceCounter` after which the count is 1
 */
export function losesDespiteReplace(): string {
  return 'ABAAABBB';
}
