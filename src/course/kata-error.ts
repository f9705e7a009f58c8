/**
 * What a person can mend: the message is one sentence that names the thing, what was wanted, what came and the next
 * command. Printed without a stack.
 */
export class KataError extends Error {
  override name = 'KataError';
  /** What a command ends with that it stops. */
  exitCode = 1;
}
