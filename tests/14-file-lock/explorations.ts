import { described, type Described } from '#src/exploration/index.ts';
import type { PromiseProgram } from '#src/interleave/index.ts';
import type { Plot } from './stage.ts';

const program =
  (scenario: string, ...args: unknown[]) =>
  (): PromiseProgram => ({
    module: new URL('./scenarios.ts', import.meta.url),
    scenario,
    args,
    source: '#kata/14-file-lock/file-lock.ts',
  });

const increments =
  (scenario: string, ...args: unknown[]) =>
  (): PromiseProgram => ({
    ...program(scenario, ...args)(),
    module: new URL('./increment-scenarios.ts', import.meta.url),
    source: '#kata/14-file-lock/increment.ts',
  });

const exclusion = (plot: Plot, rounds?: number) => program('exclusion', plot, rounds);
const attempts = (plot: Plot, rounds?: number) => program('attempts', plot, rounds);
const [two, three] = [
  ['A', 'B'],
  ['A', 'B', 'C'],
];

/** What the suite explores. `npm run kata replay 14 <name> <schedule>` replays one schedule of it. */
export const explorations = {
  sequence: described(
    1,
    'locks taken and released one after the other: what tryLock resolves to, and which files stay',
    program('sequence'),
  ),
  'taken-often': described(
    1,
    'tryLock and release, one after the other, more than a thousand times',
    program('takenOften', 1_002),
  ),
  'two-attempts': described(
    1,
    'processes A and B each call tryLock, and work if they get the lock',
    attempts({ processes: two }),
  ),
  'three-attempts': described(
    1,
    'processes A, B and C each call tryLock, and work if they get the lock',
    attempts({ processes: three }),
  ),
  'two-rounds-of-attempts': described(1, 'processes A and B each call tryLock twice', attempts({ processes: two }, 2)),
  'attempts-in-the-tenth-round': described(
    1,
    'like two-attempts, after nine rounds of one process',
    attempts({ processes: two, earlier: 9 }),
  ),
  'one-process': described(2, 'two calls of withFileLock in one process', program('oneProcess')),
  'no-access': described(
    1,
    'tryLock on a disk that may not be written (EACCES)',
    program('brokenDisk', 'tryLock', 'EACCES'),
  ),
  'read-only': described(1, 'tryLock on a disk that is read-only (EROFS)', program('brokenDisk', 'tryLock', 'EROFS')),
  'disk-full': described(1, 'tryLock on a disk that is full (ENOSPC)', program('brokenDisk', 'tryLock', 'ENOSPC')),
  'unreadable-lock': described(1, "a lock exists, but its files can't be read (EIO)", program('unreadableLock')),
  'no-links': described(1, 'tryLock on a disk without links (EPERM)', program('withoutOne', 'link', 'EPERM')),
  'unlistable-lock': described(
    1,
    "tryLock on a disk whose folders can't be listed (EIO)",
    program('withoutOne', 'readdir', 'EIO'),
  ),
  'leftovers-of-attempts': described(
    1,
    'like two-attempts: at most one file may stay',
    program('leftoversOfAttempts', { processes: two } satisfies Plot),
  ),
  'leftovers-of-two-rounds': described(
    1,
    'like two-rounds-of-attempts: at most one file may stay',
    program('leftoversOfAttempts', { processes: two } satisfies Plot, 2),
  ),
  'no-access-to-wait': described(
    2,
    'withFileLock on a disk that may not be written (EACCES)',
    program('brokenDisk', 'withFileLock', 'EACCES'),
  ),
  'two-processes': described(2, 'processes A and B each work once within withFileLock', exclusion({ processes: two })),
  'three-processes': described(
    2,
    'processes A, B and C each work once within withFileLock',
    exclusion({ processes: three }),
  ),
  'two-rounds': described(2, 'processes A and B each work twice within withFileLock', exclusion({ processes: two }, 2)),
  leftovers: described(
    2,
    'like two-processes: at most one file may stay',
    program('leftovers', { processes: two } satisfies Plot),
  ),
  'leftovers-of-the-dead': described(
    3,
    'like leftovers, after the death of one process and with the death of another',
    program('leftovers', { processes: two, afterDeath: true, crash: 'A' } satisfies Plot),
  ),
  'leftovers-of-a-takeover': described(
    3,
    'one process takes over the lock of a dead one, and nobody comes after it',
    program('leftovers', { processes: ['A'], afterDeath: true, last: true } satisfies Plot),
  ),
  'long-wait': described(2, 'withFileLock tries a thousand times before the lock is free', program('longWait', 1_000)),
  'free-at-the-end': described(
    2,
    'tryLock after a call of withFileLock has resolved, and after another one has rejected',
    program('freeAtTheEnd'),
  ),
  patience: described(2, 'how long withFileLock waits, and how it gives up', program('patience')),
  results: described(2, 'what withFileLock resolves and rejects to', program('results')),
  'clock-forward': described(
    3,
    'the clock of the machine jumps forward while a process waits',
    program('clockJumps', 12_000),
  ),
  'clock-back': described(
    3,
    'the clock of the machine jumps back while a process waits',
    program('clockJumps', -12_000),
  ),
  'attempts-after-a-death': described(
    3,
    'A and B call tryLock after a process has died with the lock',
    attempts({ processes: two, afterDeath: true }),
  ),
  'after-a-death': described(
    3,
    'A and B call withFileLock after a process has died with the lock',
    exclusion({ processes: two, afterDeath: true }),
  ),
  'two-rounds-after-a-death': described(
    3,
    'the same, with two rounds each',
    exclusion({ processes: two, afterDeath: true }, 2),
  ),
  'three-after-a-death': described(
    3,
    'A, B and C call withFileLock after a process has died with the lock',
    exclusion({ processes: three, afterDeath: true }),
  ),
  'a-crash': described(
    3,
    'A may die at any step, and B must get the lock all the same',
    exclusion({ processes: two, crash: 'A' }),
  ),
  'a-crash-in-the-tenth-round': described(
    3,
    'like a-crash, after nine rounds without one',
    exclusion({ processes: two, earlier: 9, crash: 'A' }),
  ),
  'a-crash-after-a-death': described(
    3,
    'A may die at any step, after a process has died with the lock',
    exclusion({ processes: two, afterDeath: true, crash: 'A' }),
  ),
  'reused-pid': described(
    3,
    'a process has died with the lock, and another one has its process id now',
    exclusion({ processes: ['A'], afterDeath: true, reused: { A: 'X' } }),
  ),
  'counts-from-nothing': described(
    4,
    'A and B each increment a counter whose file does not exist yet',
    increments('increments', { processes: two }),
  ),
  'counts-on': described(4, 'A and B each increment the count 41', increments('increments', { processes: two }, '41')),
  'counts-far': described(
    4,
    'A increments a count that needs more than 32 bits',
    increments('increments', { processes: ['A'] }, String(2 ** 52 + 1)),
  ),
  'two-counters': described(
    4,
    'A and B each increment a counter of their own, in one folder',
    increments('twoCounters'),
  ),
  'counts-with-a-crash': described(
    4,
    'A and B each increment the count 9, and A may die at any step',
    increments('increments', { processes: two, crash: 'A' }, '9'),
  ),
  unreadable: described(4, 'increment on a file that holds no count', increments('unreadable')),
} satisfies Record<string, Described<PromiseProgram>>;
