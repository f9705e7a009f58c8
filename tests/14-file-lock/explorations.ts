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
  sequence: program('sequence'),
  'two-attempts': attempts({ processes: two }),
  'three-attempts': attempts({ processes: three }),
  'two-rounds-of-attempts': attempts({ processes: two }, 2),
  'one-process': program('oneProcess'),
  'no-access': program('brokenDisk', 'tryLock', 'EACCES'),
  'read-only': program('brokenDisk', 'tryLock', 'EROFS'),
  'disk-full': program('brokenDisk', 'tryLock', 'ENOSPC'),
  'unreadable-lock': program('unreadableLock'),
  'no-access-to-wait': program('brokenDisk', 'withFileLock', 'EACCES'),
  'two-processes': exclusion({ processes: two }),
  'three-processes': exclusion({ processes: three }),
  'two-rounds': exclusion({ processes: two }, 2),
  leftovers: program('leftovers', { processes: two } satisfies Plot),
  'leftovers-of-the-dead': program('leftovers', { processes: two, afterDeath: true, crash: 'A' } satisfies Plot),
  patience: program('patience'),
  results: program('results'),
  'clock-forward': program('clockJumps', 1),
  'clock-back': program('clockJumps', -1),
  'attempts-after-a-death': attempts({ processes: two, afterDeath: true }),
  'after-a-death': exclusion({ processes: two, afterDeath: true }),
  'two-rounds-after-a-death': exclusion({ processes: two, afterDeath: true }, 2),
  'three-after-a-death': exclusion({ processes: three, afterDeath: true }),
  'a-crash': exclusion({ processes: two, crash: 'A' }),
  'a-crash-in-the-tenth-round': exclusion({ processes: two, earlier: 9, crash: 'A' }),
  'a-crash-after-a-death': exclusion({ processes: two, afterDeath: true, crash: 'A' }),
  'reused-pid': exclusion({ processes: ['A'], afterDeath: true, reused: { A: 'X' } }),
  'counts-from-nothing': increments('increments', { processes: two }),
  'counts-on': increments('increments', { processes: two }, '41'),
  'counts-with-a-crash': increments('increments', { processes: two, crash: 'A' }, '9'),
  unreadable: increments('unreadable'),
};
