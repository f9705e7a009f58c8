import { described, type Described } from '#src/exploration/index.ts';
import type { PromiseProgram } from '#src/interleave/index.ts';
import type { How } from './scenarios.ts';

const program =
  (starts: PromiseProgram['starts'], scenario: string, ...args: unknown[]) =>
  (): PromiseProgram => ({
    module: new URL('./scenarios.ts', import.meta.url),
    scenario,
    args,
    source: '#kata/11-async-mutex/mutex.ts',
    starts,
  });

/** Tasks that start at any time, or all in the same turn of the event loop. */
const exclusion = (starts: PromiseProgram['starts'], tasks: number, rounds: number, how: How) =>
  program(starts, 'exclusion', tasks, rounds, how);

/** What the suite explores. `npm run kata replay 11 <name> <schedule>` replays one schedule of it. */
export const explorations = {
  'two-tasks': described(1, 'A and B acquire the lock once each, at any time', exclusion('any time', 2, 1, 'acquire')),
  'three-tasks': described(
    1,
    'A, B and C acquire the lock once each, at any time',
    exclusion('any time', 3, 1, 'acquire'),
  ),
  'two-at-once': described(
    1,
    'A and B acquire the lock in the same turn of the event loop',
    exclusion('together', 2, 1, 'acquire'),
  ),
  'three-at-once': described(
    1,
    'A, B and C acquire the lock in the same turn of the event loop',
    exclusion('together', 3, 1, 'acquire'),
  ),
  'three-rounds': described(1, 'A and B acquire the lock three times each', exclusion('any time', 2, 3, 'acquire')),
  'order-of-three': described(
    1,
    'A, B and C acquire the lock, and must get it in the order in which they asked',
    program('any time', 'order', 3, 1, 'acquire'),
  ),
  'order-of-four': described(
    1,
    'four tasks ask in the same turn, and must get the lock in the order in which they asked',
    program('together', 'order', 4, 1, 'acquire'),
  ),
  'order-of-twelve': described(
    1,
    'twelve tasks ask in the same turn, and must get the lock in the order in which they asked',
    program('together', 'order', 12, 1, 'acquire'),
  ),
  'order-of-two-rounds': described(
    1,
    'A and B acquire the lock twice each, and must get it in the order in which they asked',
    program('any time', 'order', 2, 2, 'acquire'),
  ),
  'comes-again': described(
    1,
    'A releases and asks again at once, while B and C may be waiting',
    program('any time', 'comesAgain'),
  ),
  'is-locked': described(
    1,
    'what isLocked() returns before, while and after the lock is held',
    program('together', 'isLocked'),
  ),
  'two-mutexes': described(
    1,
    'A holds two mutexes, for which B and C wait, and releases one of them',
    program('together', 'twoMutexes'),
  ),
  'released-twice': described(
    1,
    'A calls its release a second time, later, when others may hold the lock',
    program('any time', 'releasedTwice', 'later'),
  ),
  'released-twice-at-once': described(
    1,
    'A calls its release twice in a row',
    program('any time', 'releasedTwice', 'at once'),
  ),
  'three-exclusive': described(
    2,
    'A, B and C each work within runExclusive',
    exclusion('any time', 3, 1, 'runExclusive'),
  ),
  'three-mixed': described(2, 'A and C use acquire, B uses runExclusive', exclusion('any time', 3, 1, 'mixed')),
  'mixed-at-once': described(
    2,
    'A and C use acquire, B uses runExclusive, all in the same turn of the event loop',
    exclusion('together', 3, 1, 'mixed'),
  ),
  'order-of-exclusive': described(
    2,
    'A, B and C call runExclusive, and must run in the order in which they called',
    program('any time', 'order', 3, 1, 'runExclusive'),
  ),
  'order-of-four-exclusive': described(
    2,
    'four tasks call runExclusive in the same turn, and must run in the order in which they called',
    program('together', 'order', 4, 1, 'runExclusive'),
  ),
  results: described(2, 'what runExclusive resolves to', program('any time', 'results')),
  failing: described(
    2,
    'tasks within runExclusive that throw or reject, and one after them that must run as usual',
    program('any time', 'failing'),
  ),
  'aborted-before': described(
    3,
    'acquire and runExclusive with a signal that is already aborted',
    program('together', 'abortedBefore'),
  ),
  'aborted-acquire': described(
    3,
    "A, B and C wait for acquire, and D aborts B's signal at any time",
    program('any time', 'abortedWhileWaiting', 'acquire'),
  ),
  'aborted-exclusive': described(
    3,
    "A, B and C wait for runExclusive, and D aborts B's signal at any time",
    program('any time', 'abortedWhileWaiting', 'runExclusive'),
  ),
  'aborted-while-holding': described(
    3,
    "B's signal is aborted while B holds the lock, which must change nothing",
    program('any time', 'abortedWhileHolding'),
  ),
  'release-then-abort': described(
    3,
    "A releases and then aborts B's signal, without an await in between",
    program('together', 'abortedAtHandOver', 'release'),
  ),
  'abort-then-release': described(
    3,
    "A aborts B's signal and then releases, without an await in between",
    program('together', 'abortedAtHandOver', 'abort'),
  ),
  listeners: described(3, 'one signal for many waits: no listener may stay', program('together', 'listeners')),
  using: described(4, "A and B hold the lock by using, and A's block throws", program('any time', 'block', 'using')),
  'await-using': described(
    4,
    "A and B hold the lock by await using, and A's block throws",
    program('any time', 'block', 'await using'),
  ),
  'disposed-and-released': described(
    4,
    'A calls release within its block: the end of the block must do nothing more',
    program('any time', 'disposedAndReleased'),
  ),
} satisfies Record<string, Described<PromiseProgram>>;
