import { serialize } from 'node:v8';

export * from '../06-thread-pool/error-parcel.ts';

/**
 * @param value anything
 * @returns whether `value` can be sent to another process as bytes. `structuredClone` would be the wrong test: it takes
 * shared memory, which cannot leave a process.
 */
export function isSerializable(value: unknown): boolean {
  try {
    serialize(value);
    return true;
  } catch {
    return false;
  }
}
