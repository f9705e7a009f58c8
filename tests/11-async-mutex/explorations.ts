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
  'two-tasks': described('A and B acquire the lock once each, at any time', exclusion('any time', 2, 1, 'acquire')),
  'three-tasks': described(
    'A, B and C acquire the lock once each, at any time',
    exclusion('any time', 3, 1, 'acquire'),
  ),
  'two-at-once': described(
    'A and B acquire the lock in the same turn of the event loop',
    exclusion('together', 2, 1, 'acquire'),
  ),
  'three-at-once': described(
    'A, B and C acquire the lock in the same turn of the event loop',
    exclusion('together', 3, 1, 'acquire'),
  ),
  'three-rounds': described('A and B acquire the lock three times each', exclusion('any time', 2, 3, 'acquire')),
  'order-of-three': described(
    'A, B and C acquire the lock, and must get it in the order in which they asked',
    program('any time', 'order', 3, 1, 'acquire'),
  ),
  'order-of-four': described(
    'four tasks ask in the same turn, and must get the lock in the order in which they asked',
    program('together', 'order', 4, 1, 'acquire'),
  ),
  'order-of-two-rounds': described(
    'A and B acquire the lock twice each, and must get it in the order in which they asked',
    program('any time', 'order', 2, 2, 'acquire'),
  ),
  'comes-again': described(
    'A releases and asks again at once, while B and C may be waiting',
    program('any time', 'comesAgain'),
  ),
  'is-locked': described(
    'what isLocked() returns before, while and after the lock is held',
    program('together', 'isLocked'),
  ),
  'two-mutexes': described('one task holds two mutexes and releases one of them', program('together', 'twoMutexes')),
  'released-twice': described(
    'A calls its release a second time, later, when others may hold the lock',
    program('any time', 'releasedTwice', 'later'),
  ),
  'released-twice-at-once': described(
    'A calls its release twice in a row',
    program('any time', 'releasedTwice', 'at once'),
  ),
  'three-exclusive': described('A, B and C each work within runExclusive', exclusion('any time', 3, 1, 'runExclusive')),
  'three-mixed': described('A and C use acquire, B uses runExclusive', exclusion('any time', 3, 1, 'mixed')),
  'mixed-at-once': described(
    'A and C use acquire, B uses runExclusive, all in the same turn of the event loop',
    exclusion('together', 3, 1, 'mixed'),
  ),
  'order-of-exclusive': described(
    'A, B and C call runExclusive, and must run in the order in which they called',
    program('any time', 'order', 3, 1, 'runExclusive'),
  ),
  'order-of-four-exclusive': described(
    'four tasks call runExclusive in the same turn, and must run in the order in which they called',
    program('together', 'order', 4, 1, 'runExclusive'),
  ),
  results: described('what runExclusive resolves to', program('any time', 'results')),
  failing: described(
    'tasks within runExclusive that throw or reject, and one after them that must run as usual',
    program('any time', 'failing'),
  ),
  'aborted-before': described(
    'acquire and runExclusive with a signal that is already aborted',
    program('together', 'abortedBefore'),
  ),
  'aborted-acquire': described(
    "A, B and C wait for acquire, and D aborts B's signal at any time",
    program('any time', 'abortedWhileWaiting', 'acquire'),
  ),
  'aborted-exclusive': described(
    "A, B and C wait for runExclusive, and D aborts B's signal at any time",
    program('any time', 'abortedWhileWaiting', 'runExclusive'),
  ),
  'aborted-while-holding': described(
    "B's signal is aborted while B holds the lock, which must change nothing",
    program('any time', 'abortedWhileHolding'),
  ),
  'release-then-abort': described(
    "A releases and then aborts B's signal, without an await in between",
    program('together', 'abortedAtHandOver', 'release'),
  ),
  'abort-then-release': described(
    "A aborts B's signal and then releases, without an await in between",
    program('together', 'abortedAtHandOver', 'abort'),
  ),
  listeners: described('one signal for many waits: no listener may stay', program('together', 'listeners')),
  using: described("A and B hold the lock by using, and A's block throws", program('any time', 'block', 'using')),
  'await-using': described(
    "A and B hold the lock by await using, and A's block throws",
    program('any time', 'block', 'await using'),
  ),
  'disposed-and-released': described(
    'A calls release within its block: the end of the block must do nothing more',
    program('any time', 'disposedAndReleased'),
  ),
} satisfies Record<string, Described<PromiseProgram>>;
