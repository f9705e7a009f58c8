import { described, type Described } from '#src/exploration/index.ts';
import type { ThreadProgram, ThreadSpec } from '#src/interleave/index.ts';

type Invariant = NonNullable<ThreadProgram['invariant']>;
type Bodies = typeof import('./bodies.ts');

const lanes = ['A', 'B', 'C', 'D', 'E'];

/** Threads over a word with a neighbour on each side. */
function program(threads: readonly ThreadSpec[], invariant: Invariant = () => true): ThreadProgram {
  return {
    module: new URL('./bodies.ts', import.meta.url),
    threads,
    memory: { lock: 3, count: 1, gate: 1 },
    invariant,
  };
}

/** The neighbors must not change, not even for a moment. */
const withinItsWord: Invariant = ({ lock }: { lock?: Int32Array }) =>
  (lock?.[0] === 0 && lock[2] === 0) ||
  `the mutex must change only lock[1], but its neighbors, which were 0, hold ${lock?.[0]} and ${lock?.[2]}`;

/** Of a mutex that was made without an index. */
const withinTheFirstWord: Invariant = ({ lock }: { lock?: Int32Array }) =>
  (lock?.[1] === 0 && lock[2] === 0) ||
  `without an index, the mutex must use lock[0] and change nothing else, but the elements behind it, which were 0, ` +
    `hold ${lock?.[1]} and ${lock?.[2]}`;

/** What a body that compares values has found. */
const noMistakes: Invariant = (_, { A }) => A === '' || String(A);

/** The same body in each thread. */
const same = (body: keyof Bodies, threads: number, ...args: unknown[]): ThreadSpec[] =>
  lanes.slice(0, threads).map((name) => ({ name, body, args }));

const counted =
  (wanted: number): Invariant =>
  ({ count }: { count?: Int32Array }, returns) => {
    if (count?.[0] !== wanted)
      return (
        `the count must be ${wanted}, but it is ${count?.[0]}: two threads were between lock() and unlock() at the ` +
        'same time, so one wrote over the increment of the other'
      );
    const thrown = Object.entries(returns).find(([, value]) => typeof value === 'string' && value.includes('Error'));
    return (
      thrown === undefined ||
      `the unlock of thread ${thrown[0]} threw ${String(thrown[1])}, though this thread held the lock: another ` +
        'thread was inside, too, and has unlocked it'
    );
  };

/** The programs behind this exercise's verdicts, for `npm run kata replay 12 <name> <token>`. */
export const explorations = {
  'two-threads': described(1, 'A and B each lock, increment the count and unlock, twice', () =>
    program(same('increment', 2, 2), counted(4)),
  ),
  alone: described(1, 'one thread locks and unlocks: only its word may change', () => ({
    ...program(same('alone', 1)),
    always: (memory) => withinItsWord(memory, {}),
  })),
  'by-default': described(1, 'one thread locks and unlocks a mutex made without an index', () => ({
    ...program(same('aloneByDefault', 1)),
    always: (memory) => withinTheFirstWord(memory, {}),
  })),
  neighbors: described(1, 'A and B each lock, increment the count and unlock: only their word may change', () => ({
    ...program(same('increment', 2, 1), counted(2)),
    always: (memory) => withinItsWord(memory, {}),
  })),
  'three-threads': described(1, 'A, B and C each lock, increment the count and unlock', () =>
    program(same('increment', 3, 1), counted(3)),
  ),
  'three-threads-twice': described(2, 'A, B and C each lock, increment the count and unlock, twice', () =>
    program(same('increment', 3, 2), counted(6)),
  ),
  'two-mutexes': described(
    1,
    'A holds another mutex while it locks, increments and unlocks; B locks, increments and unlocks',
    () =>
      program(
        [
          { name: 'A', body: 'incrementWithAnother' },
          { name: 'B', body: 'increment', args: [1] },
        ],
        counted(2),
      ),
  ),
  'try-lock-of-a-held-one': described(
    1,
    'A holds the lock until tryLock() in B has returned, so tryLock() must not wait',
    () =>
      program([
        { name: 'A', body: 'holdUntilOpen' },
        { name: 'B', body: 'tryThenOpen' },
      ]),
  ),
  'try-lock': described(1, 'A locks and increments, B increments if tryLock() returns true', () =>
    program(
      [
        { name: 'A', body: 'increment', args: [1] },
        { name: 'B', body: 'tryIncrement' },
      ],
      (memory, { B }) => counted(B === true ? 2 : 1)(memory, {}),
    ),
  ),
  'try-lock-of-three': described(1, 'A and B lock and increment, C increments if tryLock() returns true', () =>
    program([...same('increment', 2, 1), { name: 'C', body: 'tryIncrement' }], (memory, { C }) =>
      counted(C === true ? 3 : 2)(memory, {}),
    ),
  ),
  'kept-for-ever': described(
    2,
    'A keeps the lock forever, so B must sleep',
    () =>
      program([
        { name: 'A', body: 'keep' },
        { name: 'B', body: 'increment', args: [1] },
      ]),
    { endsAsleep: 'Here A and B must sleep at the end.' },
  ),
  'two-wait-for-ever': described(
    2,
    'A keeps the lock forever, so B and C must sleep',
    () =>
      program([
        { name: 'A', body: 'keep' },
        { name: 'B', body: 'increment', args: [1] },
        { name: 'C', body: 'increment', args: [1] },
      ]),
    { endsAsleep: 'Here A, B and C must sleep at the end.' },
  ),
  'woken-too-late': described(
    2,
    'A releases the lock, takes it again and keeps it forever, so B must sleep',
    () =>
      program([
        { name: 'A', body: 'keepAgain' },
        { name: 'B', body: 'increment', args: [1] },
      ]),
    { endsAsleep: 'Here A must sleep at the end, and B too unless it was faster.' },
  ),
  'four-threads': described(2, 'A, B, C and D each lock, increment the count and unlock', () =>
    program(same('increment', 4, 1), counted(4)),
  ),
  'five-threads': described(2, 'A, B, C, D and E each lock, increment the count and unlock', () =>
    program(same('increment', 5, 1), counted(5)),
  ),
  'nobody-waits-for-try': described(
    2,
    'one thread calls tryLock, increments and unlocks: nobody is there to be woken',
    () => program(same('tryIncrement', 1), counted(1)),
  ),
  'nobody-waits': described(
    2,
    'one thread locks, increments and unlocks three times: nobody is there to be woken',
    () => program(same('increment', 1, 3), counted(3)),
  ),
  'one-after-the-other': described(
    2,
    'A and B each increment twice; without a switch they never wait for each other',
    () => program(same('increment', 2, 2), counted(4)),
  ),
  'with-lock': described(3, 'A and B each increment twice within withLock', () =>
    program(same('incrementWithin', 2, 2), counted(4)),
  ),
  'with-lock-values': described(3, "one thread's callbacks of withLock return and throw all kinds of values", () =>
    program(same('valuesWithin', 1), noMistakes),
  ),
  'with-lock-throws': described(3, "A's callback of withLock throws, and B must get the lock all the same", () =>
    program(
      [
        { name: 'A', body: 'throwWithin' },
        { name: 'B', body: 'increment', args: [1] },
      ],
      (memory, { B }) => counted(2)(memory, { B }),
    ),
  ),
  using: described(3, 'A holds the lock by a using declaration, B by lock() and unlock()', () =>
    program(
      [
        { name: 'A', body: 'incrementUsing', args: [1] },
        { name: 'B', body: 'increment', args: [1] },
      ],
      counted(2),
    ),
  ),
  'disposed-twice': described(3, 'A disposes of its lock twice, while B may hold it', () =>
    program(
      [
        { name: 'A', body: 'incrementUsing', args: [2] },
        { name: 'B', body: 'increment', args: [2] },
      ],
      counted(3),
    ),
  ),
  'disposed-late': described(
    3,
    'A locks three times and disposes again of its old handles while it holds the lock; B locks once',
    () =>
      program(
        [
          { name: 'A', body: 'disposeLate', args: [3] },
          { name: 'B', body: 'increment', args: [1] },
        ],
        counted(4),
      ),
  ),
} satisfies Record<string, Described<ThreadProgram>>;
