/** The code of the error that a skeleton throws. */
const notImplementedCode = 'ERR_NOT_IMPLEMENTED';

/**
 * @param thrown whatever a `catch` caught, also after a trip between processes
 * @returns whether a function of the exercise is still a skeleton
 */
export function isNotImplemented(thrown: unknown): boolean {
  if (typeof thrown !== 'object' || thrown === null) return false;
  return (thrown as { code?: unknown }).code === notImplementedCode;
}

/**
 * @returns the function that threw, from the first frame of a stack: a scenario's own name would tell the student
 *   nothing
 */
export const throwerOf = (stack: string | undefined): string | undefined =>
  /^ +at (?:async )?(?:Module\.|new )?([\w$.]+) \(/.exec(
    stack?.split('\n').find((line) => /^ +at /.test(line)) ?? '',
  )?.[1];

/** For a scenario that turns errors into data: throws this one on, so that the suite's verdict is `not implemented`. */
export function rethrowNotImplemented(thrown: unknown): void {
  if (isNotImplemented(thrown)) throw thrown;
}
