/**
 * An error on its way from one process to another: what a structured clone would drop (class, code, own cause) is kept.
 */
export interface EncodedError {
  /** The constructor's name: unlike `name`, it can't be set on a plain Error. */
  readonly className: string;
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack: string;
  readonly cause?: EncodedError;
  readonly errors?: readonly EncodedError[];
  /** What was thrown, where it was no Error at all (`throw null`). */
  readonly thrown?: string;
}

/** An error that was thrown on the student's side and rebuilt on this one. */
export interface RemoteError extends Error {
  className: string;
  code?: string | number;
  /** Set where the student threw something that is no Error: that value as text. */
  thrown?: string;
}

/** Causes deeper than this are cut off: a cause may lead back to itself. */
const deepestCause = 8;

/**
 * @param thrown whatever a `catch` caught
 * @returns it as plain data
 */
export function encodeError(thrown: unknown, depth = 0): EncodedError {
  if (!(thrown instanceof Error)) {
    const text = describe(thrown);
    return {
      className: '',
      name: 'not an Error',
      message: `${text} was thrown, which is no Error`,
      stack: '',
      thrown: text,
    };
  }
  const { code } = thrown as { code?: unknown };
  const deeper = depth < deepestCause;
  return {
    className: thrown.constructor.name,
    name: thrown.name,
    message: thrown.message,
    stack: String(thrown.stack),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(deeper && thrown.cause !== undefined ? { cause: encodeError(thrown.cause, depth + 1) } : {}),
    ...(deeper && thrown instanceof AggregateError
      ? { errors: thrown.errors.map((each) => encodeError(each, depth + 1)) }
      : {}),
  };
}

function describe(thrown: unknown): string {
  try {
    return typeof thrown === 'object' && thrown !== null ? JSON.stringify(thrown) : String(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}

const builtIn = new Map<string, ErrorConstructor>(
  [Error, RangeError, TypeError, SyntaxError, ReferenceError, EvalError, URIError].map((each) => [each.name, each]),
);

/**
 * @param encoded what {@link encodeError} made
 * @returns an error of the same built-in class (a subclass of the student's own becomes the Error it calls itself),
 * with name, code and cause;
 *   its stack is the one of the student's side
 */
export function decodeError(encoded: EncodedError): RemoteError {
  const options = encoded.cause === undefined ? undefined : { cause: decodeError(encoded.cause) };
  const base =
    encoded.errors !== undefined
      ? new AggregateError(encoded.errors.map(decodeError), encoded.message, options)
      : new (builtIn.get(encoded.className) ?? builtIn.get(encoded.name) ?? Error)(encoded.message, options);
  const error = Object.assign(
    base,
    { className: encoded.className },
    encoded.code === undefined ? {} : { code: encoded.code },
  );
  Object.defineProperties(error, {
    name: { value: encoded.name, configurable: true, writable: true, enumerable: false },
    stack: { value: encoded.stack, configurable: true, writable: true, enumerable: false },
    ...(encoded.thrown === undefined
      ? {}
      : { thrown: { value: encoded.thrown, configurable: true, writable: true, enumerable: true } }),
  });
  return error;
}
