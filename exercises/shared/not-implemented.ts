/**
 * What every function throws that you have not written yet. Put your code in place of the `throw`.
 * The checks know this error by its code, and show the line where it was thrown.
 */
export class NotImplementedError extends Error {
  override name = 'NotImplementedError';
  readonly code = 'ERR_NOT_IMPLEMENTED';

  constructor() {
    super('Not implemented yet');
    // The stack begins where the error is thrown, not here.
    Error.captureStackTrace(this, NotImplementedError);
  }
}
