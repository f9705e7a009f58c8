import type { PromiseProgram } from '#src/interleave/promises.ts';
import type { How } from './scenarios.ts';

const program = (scenario: string, args: unknown[] = [], starts: PromiseProgram['starts'] = 'any time'): PromiseProgram => ({
  module: new URL('./scenarios.ts', import.meta.url),
  scenario,
  args,
  source: '#kata/11-async-mutex/mutex.ts',
  starts,
});

/** What the suite explores, by name: `npm run kata replay 11 <name> <token>` shows one order of it again. */
export const explorations = {
  exclusion: (tasks = 3, rounds = 1, how: How = 'acquire') => program('exclusion', [tasks, rounds, how]),
  allAtOnce: (tasks = 3, rounds = 1, how: How = 'acquire') => program('exclusion', [tasks, rounds, how], 'together'),
  order: (tasks = 3, rounds = 1, how: How = 'acquire') => program('order', [tasks, rounds, how]),
  comesAgain: () => program('comesAgain'),
  isLocked: () => program('isLocked', [], 'together'),
  twoMutexes: () => program('twoMutexes', [], 'together'),
  releasedTwice: () => program('releasedTwice'),
  results: () => program('results'),
  failing: () => program('failing'),
  abortedBefore: () => program('abortedBefore', [], 'together'),
  abortedWhileWaiting: (how: How = 'acquire') => program('abortedWhileWaiting', [how]),
  abortedWhileHolding: () => program('abortedWhileHolding'),
  abortedAtHandOver: (first: 'abort' | 'release' = 'release') => program('abortedAtHandOver', [first], 'together'),
  listeners: () => program('listeners', [], 'together'),
  block: (kind: 'using' | 'await using' = 'await using') => program('block', [kind]),
  disposedAndReleased: () => program('disposedAndReleased'),
};
