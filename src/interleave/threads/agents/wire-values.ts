// Values of shared memory as integers: a tag, then the low and the high half.
import type { Value } from '../steps/index.ts';

/** Integers that a value takes. */
export const VALUE_INTS = 3;

const INT = 0;
const UINT = 1;
const BIGINT = 2;
const BIGUINT = 3;
const NONE = 4;

/** @returns the index behind the value */
export function writeValue(into: Int32Array, at: number, value: Value | undefined): number {
  if (typeof value === 'number') {
    into[at] = value < 2 ** 31 ? INT : UINT;
    into[at + 1] = value;
  } else if (value === undefined) into[at] = NONE;
  else {
    into[at] = value < 0n ? BIGINT : BIGUINT;
    into[at + 1] = Number(BigInt.asIntN(32, value));
    into[at + 2] = Number(BigInt.asIntN(32, value >> 32n));
  }
  return at + VALUE_INTS;
}

/** The value at an index. */
export function readValue(from: Int32Array, at: number): Value | undefined {
  switch (from[at]!) {
    case INT:
      return from[at + 1]!;
    case UINT:
      return from[at + 1]! >>> 0;
    case BIGINT:
      return BigInt.asIntN(64, (BigInt(from[at + 2]!) << 32n) | BigInt(from[at + 1]! >>> 0));
    case BIGUINT:
      return BigInt.asUintN(64, (BigInt(from[at + 2]!) << 32n) | BigInt(from[at + 1]! >>> 0));
    case NONE:
    default:
      return undefined;
  }
}
