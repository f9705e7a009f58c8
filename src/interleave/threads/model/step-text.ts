// Steps in words: `cas lock 0→1`, `read count → 0`.
import { EVERYONE, FOREVER, Kind, Woken } from '../steps/index.ts';
import type { Operation, Value } from '../steps/index.ts';
import type { MemoryLayout } from './memory-layout.ts';

const NAMES = [
  'read',
  'write',
  'load',
  'store',
  'add',
  'sub',
  'and',
  'or',
  'xor',
  'exchange',
  'cas',
  'wait',
  'notify',
  'pause',
];

/** What an operation is about to do. */
export function operationText(operation: Operation, layout: MemoryLayout): string {
  const { kind, a, b } = operation;
  const name = NAMES[kind]!;
  if (kind === Kind.PAUSE) return name;
  const head = `${name} ${layout.nameAt(operation.offset)}`;
  switch (kind) {
    case Kind.READ:
    case Kind.LOAD:
      return head;
    case Kind.CAS:
      return `${head} ${a}→${b}`;
    case Kind.WAIT:
      return `${head} while ${a}${b === FOREVER ? '' : `, ${b} ms`}`;
    case Kind.NOTIFY:
      return a === EVERYONE ? head : `${head}, at most ${a}`;
    case Kind.WRITE:
    case Kind.STORE:
      return `${head} ← ${a}`;
    default:
      return `${head} ${a}`;
  }
}

/**
 * What an operation is about to do, and what will come of it.
 * @param value what its word holds
 */
export function choiceText(operation: Operation, value: Value, layout: MemoryLayout): string {
  const { kind, a, b } = operation;
  const word = layout.nameAt(operation.offset);
  if (kind === Kind.CAS) return `compareExchange ${word} ${a}→${b}${value === a ? '' : `, will fail: it is ${value}`}`;
  if (kind !== Kind.WAIT) return operationText(operation, layout);
  const outcome = value !== a ? `will not sleep, it is ${value}` : b === 0 ? 'will time out at once' : 'will sleep';
  return `wait on ${word} while it is ${a}${b === FOREVER ? '' : `, for ${b} ms`}: ${outcome}`;
}

/**
 * What a step did.
 * @param result what the thread got, undefined if it fell asleep
 * @param woken names of the threads that it woke
 */
export function stepText(
  operation: Operation,
  result: Value | undefined,
  timer: boolean,
  woken: readonly string[],
  layout: MemoryLayout,
): string {
  const { kind, a, b } = operation;
  const word = layout.nameAt(operation.offset);
  switch (kind) {
    case Kind.READ:
    case Kind.LOAD:
      return `${NAMES[kind]!} ${word} → ${result}`;
    case Kind.CAS:
      return result === a ? `cas ${word} ${a}→${b}` : `cas ${word} ${a}→${b} fails (is ${result})`;
    case Kind.WAIT:
      if (timer) return `wait ${word}: timed out`;
      if (result === undefined) return `wait ${word} (= ${a}): sleeps`;
      return result === Woken.TIMED_OUT ? `wait ${word} (= ${a}): timed out` : `wait ${word}: not ${a}`;
    case Kind.NOTIFY:
      return `notify ${word}: wakes ${woken.length > 0 ? woken.join(', ') : 'nobody'}`;
    case Kind.ADD:
    case Kind.SUB:
    case Kind.AND:
    case Kind.OR:
    case Kind.XOR:
      return `${operationText(operation, layout)} (was ${result})`;
    case Kind.EXCHANGE:
      return `exchange ${word} ← ${a} (was ${result})`;
    default:
      return operationText(operation, layout);
  }
}
