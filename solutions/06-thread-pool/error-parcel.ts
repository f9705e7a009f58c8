import { inspect } from 'node:util';

/** A thrown value as plain data that can be sent. */
export type Parcel =
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** The error's own fields, `code` among them. */
      readonly fields: Record<string, unknown>;
      readonly cause: Parcel | undefined;
    };

/** How many causes of causes are packed. It also ends a chain that leads back to itself. */
const DEPTH = 10;

/** The built-in classes, by name: `instanceof TypeError` must still hold on the other side. */
const builtIn = new Map<string, ErrorConstructor>(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((each) => [each.name, each]),
);

/**
 * Packs a thrown value, so that it can be sent. A structured clone of an Error would lose its own fields, such as
 * `code`, and its name unless that is the name of a built-in class.
 * @param thrown anything: an Error, a string, null
 * @param isSendable whether a value can be sent; by default, whether a structured clone takes it
 * @returns plain data
 */
export function pack(thrown: unknown, isSendable: (value: unknown) => boolean = isClonable, depth = DEPTH): Parcel {
  if (!(thrown instanceof Error)) return { kind: 'value', value: isSendable(thrown) ? thrown : inspect(thrown) };
  const { name, message, stack, cause } = thrown;
  // A DOMException has `code` on its prototype, which Object.entries doesn't list.
  const own = Object.entries({ ...('code' in thrown && { code: thrown.code }), ...thrown });
  const fields = Object.fromEntries(
    own.filter(([key, value]) => key !== 'name' && key !== 'cause' && isSendable(value)),
  );
  return {
    kind: 'error',
    name: String(name),
    message: String(message),
    stack: stack && String(stack),
    fields,
    cause: 'cause' in thrown && depth > 0 ? pack(cause, isSendable, depth - 1) : undefined,
  };
}

/**
 * Makes the thrown value from the data.
 * @param parcel what `pack` returned
 * @returns the value; for an Error, one with the same name, message, stack, fields and cause
 */
export function unpack(parcel: Parcel): unknown {
  if (parcel.kind === 'value') return parcel.value;
  const { name, message, stack, fields, cause } = parcel;
  const error = new (builtIn.get(name) ?? Error)(message, cause && { cause: unpack(cause) });
  Object.assign(error, fields);
  const hidden = { configurable: true, writable: true, enumerable: false };
  if (error.name !== name) Object.defineProperty(error, 'name', { ...hidden, value: name });
  return Object.defineProperty(error, 'stack', { ...hidden, value: stack });
}

/** @returns whether `value` can be sent to another thread */
export function isClonable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
