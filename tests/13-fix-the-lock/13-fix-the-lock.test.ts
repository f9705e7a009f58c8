import { describe, test } from 'vitest';
import { formatReport } from '#src/interleave/index.ts';
import { finding } from '#src/verdict/index.ts';
import { expectNoSchedule, follow } from '#src/exploration/index.ts';
import { explorations } from './explorations.ts';

type Name = keyof typeof explorations;

/** No schedule of a program fails with up to `bound` preemptions. */
const prove = (name: Name, bound: number, named: Parameters<typeof expectNoSchedule>[2] = {}) =>
  expectNoSchedule({ ...explorations[name](), bound }, `13 ${name}`, named);

/** Money that is wrong need not be a lost update: the sentence says what it is. */
const money = { violation: 'failed' } as const;

describe('Task 1: Test, then set', () => {
  test('lets only one of two threads in, in every schedule with up to 3 preemptions', async () => {
    await prove('spin-lock', 3);
    await prove('spin-lock-twice', 3);
  });

  test('lets only one of three threads in, in every schedule with up to 2 preemptions', async () => {
    await prove('spin-lock-of-three', 2);
  });
});

describe('Task 2: Forgotten sleepers', () => {
  test('wakes whoever sleeps in every schedule, with up to 2 preemptions of three threads or 1 of four', async () => {
    await prove('futex-lock', 2);
    await prove('futex-lock-of-four', 1);
  });

  test('is still a lock for two threads that come back, in every schedule with up to 3 preemptions', async () => {
    await prove('futex-lock-twice', 3);
  });

  test('still sleeps while it waits, and calls notify only if somebody may sleep', async () => {
    const kept = await follow({ ...explorations['futex-lock-kept'](), schedule: 'A' }, '13 futex-lock-kept');
    // A keeps the lock for ever, so the right end for B is to sleep for ever.
    if (kept.verdict !== 'deadlock' && kept.verdict !== 'lost wake-up')
      throw finding(
        'busy wait',
        'Thread A keeps the lock, and B takes one step after the other instead of sleeping until it is woken.',
        timelineOf(kept),
      );
    const alone = await follow({ ...explorations['futex-lock-alone'](), schedule: 'A' }, '13 futex-lock-alone');
    if (alone.timeline?.rows.some(({ text }) => text.startsWith('notify')))
      throw finding(
        'failed',
        'One thread alone locks and unlocks, and calls notify though nobody can sleep.',
        timelineOf(alone),
      );
  });
});

describe('Task 3: Not released on throw', () => {
  test(
    'gives the lock back after a RangeError, in every schedule of three threads with up to 2 ' + 'preemptions',
    async () => {
      await prove('withdraw', 2, money);
    },
  );
});

describe('Task 4: Two locks, opposite order', () => {
  test('ends, in every schedule of two opposite transfers with up to 3 preemptions', async () => {
    await prove('transfer', 3, money);
  });

  test('ends, in every schedule of three transfers in a ring with up to 2 preemptions', async () => {
    await prove('transfer-in-a-ring', 2, money);
  });

  test('holds both locks: total never sees money missing, in every schedule with up to 2 preemptions', async () => {
    await prove('transfer-and-total', 2, money);
  });
});

const timelineOf = (report: Parameters<typeof formatReport>[0]): string =>
  formatReport({ ...report, notes: [], demonstrated: undefined })
    .split('\n')
    .slice(2, -1)
    .join('\n');
