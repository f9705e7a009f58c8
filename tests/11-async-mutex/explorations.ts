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
  'two-tasks': exclusion('any time', 2, 1, 'acquire'),
  'three-tasks': exclusion('any time', 3, 1, 'acquire'),
  'two-at-once': exclusion('together', 2, 1, 'acquire'),
  'three-at-once': exclusion('together', 3, 1, 'acquire'),
  'three-rounds': exclusion('any time', 2, 3, 'acquire'),
  'order-of-three': program('any time', 'order', 3, 1, 'acquire'),
  'order-of-four': program('together', 'order', 4, 1, 'acquire'),
  'order-of-two-rounds': program('any time', 'order', 2, 2, 'acquire'),
  'comes-again': program('any time', 'comesAgain'),
  'is-locked': program('together', 'isLocked'),
  'two-mutexes': program('together', 'twoMutexes'),
  'released-twice': program('any time', 'releasedTwice', 'later'),
  'released-twice-at-once': program('any time', 'releasedTwice', 'at once'),
  'three-exclusive': exclusion('any time', 3, 1, 'runExclusive'),
  'three-mixed': exclusion('any time', 3, 1, 'mixed'),
  'mixed-at-once': exclusion('together', 3, 1, 'mixed'),
  'order-of-exclusive': program('any time', 'order', 3, 1, 'runExclusive'),
  'order-of-four-exclusive': program('together', 'order', 4, 1, 'runExclusive'),
  results: program('any time', 'results'),
  failing: program('any time', 'failing'),
  'aborted-before': program('together', 'abortedBefore'),
  'aborted-acquire': program('any time', 'abortedWhileWaiting', 'acquire'),
  'aborted-exclusive': program('any time', 'abortedWhileWaiting', 'runExclusive'),
  'aborted-while-holding': program('any time', 'abortedWhileHolding'),
  'release-then-abort': program('together', 'abortedAtHandOver', 'release'),
  'abort-then-release': program('together', 'abortedAtHandOver', 'abort'),
  listeners: program('together', 'listeners'),
  using: program('any time', 'block', 'using'),
  'await-using': program('any time', 'block', 'await using'),
  'disposed-and-released': program('any time', 'disposedAndReleased'),
};
