/** The `code` of an error that says: this function is still to be written. */
export const NOT_IMPLEMENTED = 'ERR_NOT_IMPLEMENTED';

/** An error that the code under test threw, as plain data: it crosses threads and goes into reports. */
export interface ThrownError {
  readonly name: string;
  /** Its first line: an assertion's message goes on with a picture of the difference. */
  readonly message: string;
  /** Its `code`, if it has one. */
  readonly code: string | undefined;
  /** URL or path of the source file where it was made, and the line (from 1), if known. */
  readonly file?: string;
  readonly line?: number;
}

/** @returns the facts of an error; of any other value that was thrown, `undefined` */
export function thrownOf(error: unknown): ThrownError | undefined {
  if (!(error instanceof Error)) return undefined;
  return { name: error.name, message: error.message.split('\n', 1)[0]!, code: codeOf(error) };
}

function codeOf(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
