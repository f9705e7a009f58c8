// The element types of shared memory. A type's code is its place in this list.

/** The integer typed arrays that Atomics works on, and Uint8ClampedArray, which has plain accesses only. */
export type ElementType =
  | 'Int8Array'
  | 'Uint8Array'
  | 'Uint8ClampedArray'
  | 'Int16Array'
  | 'Uint16Array'
  | 'Int32Array'
  | 'Uint32Array'
  | 'BigInt64Array'
  | 'BigUint64Array';

/** Any integer typed array. */
export type IntegerArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** A value of shared memory: a number, or a bigint for the two 64-bit arrays. */
export type Value = number | bigint;

/** Element types by their code. */
export const ELEMENT_TYPES: readonly ElementType[] = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'BigInt64Array',
  'BigUint64Array',
];

/** Bytes per element by type code. */
export const ELEMENT_BYTES: readonly number[] = [1, 1, 1, 2, 2, 4, 4, 8, 8];

// Taken when this file is loaded: in an agent the global ones are replaced later.
type ArrayConstructor = new (buffer: ArrayBufferLike, byteOffset?: number, length?: number) => IntegerArray;

/** The native constructors by type code. */
export const CONSTRUCTORS: readonly ArrayConstructor[] = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  BigInt64Array,
  BigUint64Array,
];

/** The typed arrays of every type code over one buffer (whose length is a multiple of 8). */
export function viewsOf(buffer: ArrayBufferLike): readonly IntegerArray[] {
  return CONSTRUCTORS.map((constructor) => new constructor(buffer));
}

const scratch = viewsOf(new ArrayBuffer(8));

/** Wraps a value to an element type, as a store to an array of that type would. */
export function wrapped(type: number, value: Value): Value {
  const cell = scratch[type] as Int32Array;
  cell[0] = value as number;
  return cell[0];
}
