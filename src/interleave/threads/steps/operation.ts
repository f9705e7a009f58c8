// One visible step of a thread, and what it does to memory. The model and the agents share this meaning of an
// operation.
import { wrapped } from './element-types.ts';
import type { IntegerArray, Value } from './element-types.ts';

/** What a step does. Plain accesses are READ and WRITE; the others are the functions of Atomics. */
export const Kind = {
  READ: 0,
  WRITE: 1,
  LOAD: 2,
  STORE: 3,
  ADD: 4,
  SUB: 5,
  AND: 6,
  OR: 7,
  XOR: 8,
  EXCHANGE: 9,
  CAS: 10,
  WAIT: 11,
  NOTIFY: 12,
  PAUSE: 13,
} as const;

/** Results of a wait, in the numbers that histories keep. */
export const Woken = { OK: 0, NOT_EQUAL: 1, TIMED_OUT: 2 } as const;

/** The strings that Atomics.wait gives for them. */
export const WOKEN_TEXTS = ['ok', 'not-equal', 'timed-out'] as const;

/** `b` of a wait without a timeout. */
export const FOREVER = -1;
/** `a` of a notify without a count. */
export const EVERYONE = -1;

/** One operation, with its operands already wrapped to the element type. */
export interface Operation {
  /** One of Kind. */
  readonly kind: number;
  /** Type code. */
  readonly type: number;
  /** Where, in bytes from the start of the program's memory. */
  readonly offset: number;
  /** Where, in elements of its type. */
  readonly index: number;
  /** Operand; expected value of CAS and WAIT; count of NOTIFY (EVERYONE without one). */
  readonly a: Value;
  /** Replacement of CAS; timeout of WAIT in whole milliseconds (FOREVER, or 0 for one that cannot sleep). */
  readonly b: Value;
  /** Source position, as a number of the program's site table; −1 while nobody has asked. */
  site: number;
  /** The same, of a position that knows its callers: set once the step has been located. */
  located?: number;
}

/** What a read-modify-write leaves in place of `old`. */
function replacement(operation: Operation, old: Value): Value {
  // Numbers and bigints never meet: both operands come from the same array. The casts only name one of the two.
  const before = old as number;
  const a = operation.a as number;
  switch (operation.kind) {
    case Kind.ADD:
      return before + a;
    case Kind.SUB:
      return before - a;
    case Kind.AND:
      return before & a;
    case Kind.OR:
      return before | a;
    case Kind.XOR:
      return before ^ a;
    case Kind.CAS:
      return before === a ? operation.b : before;
    case Kind.WRITE:
    case Kind.STORE:
    case Kind.EXCHANGE:
      return a;
    default:
      return before;
  }
}

/**
 * Does a step that reads or writes memory (all kinds but WAIT, NOTIFY and PAUSE).
 * @returns what the operation gives its thread: the value read, or the value written for WRITE and STORE
 */
export function perform(views: readonly IntegerArray[], operation: Operation): Value {
  const view = views[operation.type] as Int32Array;
  const old = view[operation.index]!;
  switch (operation.kind) {
    case Kind.READ:
    case Kind.LOAD:
      return old;
    case Kind.WRITE:
    case Kind.STORE:
      view[operation.index] = operation.a as number;
      return operation.a;
    default:
      view[operation.index] = replacement(operation, old) as number;
      return old;
  }
}

/** Whether a step of this kind can change memory. */
export function mayWrite(kind: number): boolean {
  return kind === Kind.WRITE || (kind >= Kind.STORE && kind <= Kind.CAS);
}

/** Whether a step of this kind reads or writes memory for its own sake: all but WAIT, NOTIFY and PAUSE. */
export const touchesMemory = (kind: number): boolean => kind <= Kind.CAS;

/** @returns what the word held before a step that touched memory, if its result tells */
export const foundBy = ({ kind }: Operation, result: Value): Value | undefined =>
  kind === Kind.WRITE || kind === Kind.STORE ? undefined : result;

/** @returns what the word held after a step that touched memory */
export const leftBy = (operation: Operation, result: Value): Value =>
  wrapped(operation.type, replacement(operation, result));

/** Whether it is an element access rather than a call of Atomics. */
export function isPlain(kind: number): boolean {
  return kind <= Kind.WRITE;
}

/**
 * Whether a thread can tell from its own result that this step changed nothing: a read, a failed compareExchange,
 * an exchange of a value for itself. A store is never one: its result says nothing of what was there.
 */
export function changedNothing(operation: Operation, result: Value): boolean {
  switch (operation.kind) {
    case Kind.READ:
    case Kind.LOAD:
      return true;
    case Kind.WRITE:
    case Kind.STORE:
      return false;
    case Kind.WAIT:
      return result !== Woken.OK;
    case Kind.NOTIFY:
      return result === 0;
    case Kind.PAUSE:
      return true;
    default:
      return leftBy(operation, result) === result;
  }
}

/** Adds an operation to the hash of a sequence of operations. */
export function mixed(hash: number, { kind, type, offset, a, b }: Operation): number {
  let mix = Math.imul(hash ^ (kind | (type << 4) | (offset << 8)), 0x9e3779b1);
  mix = Math.imul((mix ^ (mix >>> 15)) + low(a), 0x85ebca6b);
  return Math.imul((mix ^ (mix >>> 13)) + low(b), 0xc2b2ae35) | 0;
}

function low(value: Value): number {
  return typeof value === 'number' ? value | 0 : Number(BigInt.asIntN(32, value));
}

/** Whether two operations are the same in everything that a person could see. */
export function sameOperation(one: Operation, other: Operation): boolean {
  return (
    one.kind === other.kind &&
    one.type === other.type &&
    one.offset === other.offset &&
    one.a === other.a &&
    one.b === other.b
  );
}
