// Atomics as explored bodies see it: on a facade every call is a visible step, on any other array it is the native
// call.
import { looksLike } from '../../common/index.ts';
import { EVERYONE, FOREVER, Kind, Woken, WOKEN_TEXTS, wrapped } from '../steps/index.ts';
import type { StepHost, Value } from '../steps/index.ts';
import { elementIndex, facadeOf } from './shared-array-facade.ts';
import type { Facade } from './shared-array-facade.ts';

const native = globalThis.Atomics;
const BIGINTS = 7;

type AnyArray = Int32Array;

/**
 * @param host takes the calls that name no array (pause)
 * @param onTimeout told how many milliseconds have passed when a wait has timed out
 * @returns an object with the functions of Atomics
 */
export function controlledAtomics(
  host: StepHost,
  onTimeout: (milliseconds: number) => void = () => undefined,
): typeof Atomics {
  const step = (kind: number, self: Facade, index: number, a: Value, b: Value = 0): Value => {
    // Validates index and type as the native call does; native memory is not touched by a load.
    native.load(self.native as AnyArray, index);
    const at = Math.trunc(Number(index)) || 0;
    return self.host.step(
      kind,
      self.type,
      self.offset + at * self.native.BYTES_PER_ELEMENT,
      elementIndex(self, at),
      a,
      b,
    );
  };
  const modify =
    (kind: number, name: 'add' | 'sub' | 'and' | 'or' | 'xor' | 'exchange') =>
    (array: AnyArray, index: number, value: number) => {
      const self = facadeOf(array);
      if (!self) return native[name](array, index, value);
      return step(kind, self, index, wrapped(self.type, integer(self, value)));
    };
  const controlled: Record<string, unknown> = {
    add: modify(Kind.ADD, 'add'),
    sub: modify(Kind.SUB, 'sub'),
    and: modify(Kind.AND, 'and'),
    or: modify(Kind.OR, 'or'),
    xor: modify(Kind.XOR, 'xor'),
    exchange: modify(Kind.EXCHANGE, 'exchange'),
    isLockFree: (bytes: number) => native.isLockFree(bytes),
    load(array: AnyArray, index: number) {
      const self = facadeOf(array);
      return self ? step(Kind.LOAD, self, index, 0) : native.load(array, index);
    },
    store(array: AnyArray, index: number, value: number) {
      const self = facadeOf(array);
      if (!self) return native.store(array, index, value);
      const given = integer(self, value);
      step(Kind.STORE, self, index, wrapped(self.type, given));
      return given;
    },
    compareExchange(array: AnyArray, index: number, expected: number, replacement: number) {
      const self = facadeOf(array);
      if (!self) return native.compareExchange(array, index, expected, replacement);
      return step(
        Kind.CAS,
        self,
        index,
        wrapped(self.type, integer(self, expected)),
        wrapped(self.type, integer(self, replacement)),
      );
    },
    wait(array: AnyArray, index: number, value: number, timeout?: number) {
      const self = facadeOf(array);
      if (!self) return native.wait(array, index, value, timeout);
      if (self.type !== 5 && self.type !== BIGINTS)
        throw new TypeError('Atomics.wait works on an Int32Array or a BigInt64Array only.');
      const limit = milliseconds(timeout);
      const woken = step(Kind.WAIT, self, index, wrapped(self.type, integer(self, value)), limit) as number;
      if (woken === Woken.TIMED_OUT) onTimeout(limit);
      return WOKEN_TEXTS[woken];
    },
    notify(array: AnyArray, index: number, count?: number) {
      const self = facadeOf(array);
      if (!self) return native.notify(array, index, count);
      const limit = count === undefined ? Infinity : Math.max(0, Math.trunc(Number(count)) || 0);
      return step(Kind.NOTIFY, self, index, limit < 2 ** 31 ? limit : EVERYONE);
    },
    waitAsync() {
      throw new Error('The explorer does not support Atomics.waitAsync; let the body sleep in Atomics.wait.');
    },
  };
  // Only where Node has it, so that code which asks `'pause' in Atomics` sees what it will see outside.
  if ('pause' in native) controlled['pause'] = () => void host.step(Kind.PAUSE, 5, 0, 0, 0, 0);
  const atomics = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(native)) as typeof Atomics;
  for (const [name, value] of Object.entries(controlled))
    (atomics as unknown as Record<string, unknown>)[name] = looksLike(
      value as object,
      (native as unknown as Record<string, object>)[name]!,
    );
  return atomics;
}

/** ToIntegerOrInfinity, or ToBigInt for the 64-bit arrays. */
function integer(self: Facade, value: unknown): Value {
  if (self.type >= BIGINTS) return BigInt.asIntN(64, value as bigint);
  return Math.trunc(Number(value)) + 0 || 0;
}

function milliseconds(timeout: number | undefined): number {
  const given = timeout === undefined ? Infinity : Number(timeout);
  if (Number.isNaN(given) || given >= 2 ** 31) return FOREVER;
  return Math.max(0, Math.ceil(given));
}
