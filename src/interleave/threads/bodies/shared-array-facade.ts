// A typed array over explored shared memory whose element reads and writes are visible steps. It is a Proxy of a native
// typed array, so `instanceof`, `length`, `buffer` and the rest answer as the native one does; only elements go through
// the explorer.
import { CONSTRUCTORS, ELEMENT_BYTES, ELEMENT_TYPES, Kind, wrapped } from '../steps/index.ts';
import type { IntegerArray, StepHost, Value } from '../steps/index.ts';

/** What a facade stands for. */
export interface Facade {
  readonly host: StepHost;
  readonly native: IntegerArray;
  /** Type code. */
  readonly type: number;
  /** Byte offset of element 0 in the program's memory. */
  readonly offset: number;
}

interface Region {
  readonly host: StepHost;
  readonly offset: number;
}

const regions = new WeakMap<ArrayBufferLike, Region>();
const facades = new WeakMap<object, Facade>();

/** Says that a buffer is explored memory which begins at `offset` bytes of the program's memory. */
export function controlBuffer(buffer: SharedArrayBuffer, host: StepHost, offset: number): void {
  regions.set(buffer, { host, offset });
}

/** Whether a buffer is explored memory. */
export function isControlled(buffer: unknown): buffer is SharedArrayBuffer {
  return typeof buffer === 'object' && buffer !== null && regions.has(buffer as SharedArrayBuffer);
}

/** What a facade stands for; undefined for anything else. */
export function facadeOf(array: unknown): Facade | undefined {
  return typeof array === 'object' && array !== null ? facades.get(array) : undefined;
}

/** The facade of a native typed array over a controlled buffer. */
export function facade<A extends IntegerArray>(native: A): A {
  const region = regions.get(native.buffer)!;
  const type = ELEMENT_TYPES.indexOf(native[Symbol.toStringTag]);
  const self: Facade = { host: region.host, native, type, offset: region.offset + native.byteOffset };
  const proxy = new Proxy(native, handlerOf(self)) as A;
  facades.set(proxy, self);
  return proxy;
}

/** The program memory's element index of element `index` of a facade. */
export function elementIndex(self: Facade, index: number): number {
  return self.offset / ELEMENT_BYTES[self.type]! + index;
}

function handlerOf(self: Facade): ProxyHandler<IntegerArray> {
  const { host, native, type, offset } = self;
  const bytes = ELEMENT_BYTES[type]!;
  const read = (index: number): Value =>
    host.step(Kind.READ, type, offset + index * bytes, offset / bytes + index, 0, 0);
  return {
    get(_target, key, receiver: IntegerArray) {
      const index = elementKey(key);
      if (index >= 0) return index < native.length ? read(index) : undefined;
      if (key === Symbol.iterator) return Array.prototype.values;
      return (typeof key === 'string' && methodOf(key, self, receiver)) || inherited(native, key);
    },
    set(_target, key, value: unknown) {
      const index = elementKey(key);
      if (index < 0) return Reflect.set(native, key, value);
      const operand = wrapped(type, value as Value);
      if (index < native.length)
        host.step(Kind.WRITE, type, offset + index * bytes, offset / bytes + index, operand, 0);
      return true;
    },
    getOwnPropertyDescriptor(_target, key) {
      const index = elementKey(key);
      if (index < 0 || index >= native.length) return Reflect.getOwnPropertyDescriptor(native, key);
      return { value: read(index), writable: true, enumerable: true, configurable: true };
    },
    defineProperty(_target, key, descriptor) {
      if (elementKey(key) < 0) return Reflect.defineProperty(native, key, descriptor);
      throw new TypeError(
        'The explorer follows element writes (a[i] = x), not Object.defineProperty on an element of shared memory.',
      );
    },
  };
}

/** The index that a property key names, or −1. */
function elementKey(key: string | symbol): number {
  if (typeof key !== 'string') return -1;
  const first = key.charCodeAt(0);
  if (!(first >= 48 && first <= 57)) return -1;
  const index = Number(key);
  return Number.isInteger(index) ? index : -1;
}

/** Getters of the native prototype want the native array as `this`. */
function inherited(native: IntegerArray, key: string | symbol): unknown {
  return Reflect.get(native, key, native);
}

type Method = (...args: never[]) => unknown;

/**
 * The methods of typed arrays, element by element. Array.prototype has most of them in a form that works on anything
 * with elements and a length; those that make a new array make a native one over memory of its own.
 */
function methodOf(key: string, self: Facade, receiver: IntegerArray): Method | undefined {
  const own = METHODS[key];
  if (own) return own(self, receiver as Int32Array);
  if (key === 'constructor' || key === 'length' || key in Object.prototype)
    return key === 'toString' ? Array.prototype.toString : undefined;
  const generic = (Array.prototype as unknown as Record<string, unknown>)[key];
  return typeof generic === 'function' ? (generic as Method) : undefined;
}

const METHODS: Record<string, (self: Facade, receiver: Int32Array) => Method> = {
  subarray:
    ({ native, type }) =>
    (from = 0, to = native.length) => {
      const start = clamp(from, native.length);
      // Not native.subarray: it would ask the replaced constructor, and get a facade where it wants a typed array.
      return facade(
        new CONSTRUCTORS[type]!(
          native.buffer,
          native.byteOffset + start * ELEMENT_BYTES[type]!,
          Math.max(0, clamp(to, native.length) - start),
        ),
      );
    },
  set:
    ({ native }, receiver) =>
    (source: ArrayLike<number>, from = 0) => {
      if (from < 0 || from + source.length > native.length) throw new RangeError('offset is out of bounds');
      // Read whole first, as the native method does where source and target overlap.
      Array.from(source).forEach((value, index) => (receiver[from + index] = value));
    },
  slice: (self, receiver) => (from?: number, to?: number) =>
    copyOf(self, Array.prototype.slice.call(receiver, from, to) as number[]),
  map: (self, receiver) => (visit: (value: number, index: number, all: number[]) => number, context?: unknown) =>
    copyOf(self, Array.prototype.map.call(receiver, visit as never, context) as number[]),
  filter: (self, receiver) => (visit: never, context?: unknown) =>
    copyOf(self, Array.prototype.filter.call(receiver, visit, context) as number[]),
  with: (self, receiver) => (index: number, value: number) => copyOf(self, Array.from(receiver)).with(index, value),
  toReversed: (self, receiver) => () => copyOf(self, Array.from(receiver)).toReversed(),
  toSorted: (self, receiver) => (compare?: (one: number, other: number) => number) =>
    copyOf(self, Array.from(receiver)).toSorted(compare),
  sort: (self, receiver) => (compare?: (one: number, other: number) => number) => {
    copyOf(self, Array.from(receiver))
      .sort(compare)
      .forEach((value, index) => (receiver[index] = value));
    return receiver;
  },
};

function clamp(index: number, length: number): number {
  const at = Math.trunc(index) || 0;
  return at < 0 ? Math.max(0, length + at) : Math.min(at, length);
}

function copyOf(self: Facade, values: number[]): Int32Array {
  const { constructor } = Object.getPrototypeOf(self.native) as { constructor: Int32ArrayConstructor };
  return new constructor(values);
}
