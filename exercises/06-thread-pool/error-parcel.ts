import { NotImplementedError } from '#shared/not-implemented.ts';

/** A thrown value as plain data that can be sent. Define it as you like: only your own files use it. */
export type Parcel = unknown;

/**
 * Task 4. Packs a thrown value, so that it can be sent to another thread.
 * @param thrown anything: an Error, a string, null
 * @returns plain data
 */
export function pack(thrown: unknown): Parcel {
  throw new NotImplementedError();
}

/**
 * Task 4. Makes the thrown value from the data.
 * @param parcel what `pack` returned
 * @returns the value; for an Error, one with the same name, message, code and cause
 */
export function unpack(parcel: Parcel): unknown {
  throw new NotImplementedError();
}
