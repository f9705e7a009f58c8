import { afterAll, describe, test } from 'vitest';
import { formatReport } from '#src/interleave/index.ts';
import { finding } from '#src/verdict/index.ts';
import { closeExplorers, expectNoSchedule, follow, walkedIn } from '#src/exploration/index.ts';
import { explorations } from './explorations.ts';

type Name = keyof typeof explorations;

/** Fails if a schedule of the program with at most `bound` preemptions fails. */
const checkSchedules = (name: Name, bound: number, named: Parameters<typeof expectNoSchedule>[2] = {}) =>
  expectNoSchedule({ ...explorations[name](), bound }, `13 ${name}`, named);

/** A wrong balance isn't always a lost update, so the verdict is `failed`. The message explains it. */
const money = { violation: 'failed' } as const;

afterAll(closeExplorers);

describe('Task 1: Test, then set', () => {
  test(
    'SpinLock lets one of two threads in at a time, in every schedule with at most 3 preemptions',
    { tags: ['1.exclusive', '1.visible'] },
    async () => {
      await checkSchedules('spin-lock', 3);
      await checkSchedules('spin-lock-twice', 3);
      await checkSchedules('spin-lock-three-times', 3);
    },
  );

  test(
    'SpinLock lets one of three threads in at a time, in every schedule with at most 2 preemptions',
    { tags: ['1.exclusive', '1.visible'] },
    async () => {
      await checkSchedules('spin-lock-of-three', 2);
    },
  );
});

describe('Task 2: Forgotten sleepers', () => {
  test(
    'FutexLock forgets no sleeper, with three threads and at most 2 preemptions or four threads and 1',
    { tags: ['2.wakes', '2.exclusive'] },
    async () => {
      await checkSchedules('futex-lock', 2);
      await checkSchedules('futex-lock-of-four', 1);
      await checkSchedules('futex-lock-three-times', 2);
    },
  );

  test(
    'FutexLock lets one of two threads in at a time when both lock twice, with at most 3 preemptions',
    { tags: ['2.exclusive'] },
    async () => {
      await checkSchedules('futex-lock-twice', 3);
    },
  );

  test(
    'FutexLock still sleeps while it waits, and calls notify only if a thread may be asleep',
    { tags: ['2.sleeps', '2.no-notify'] },
    async () => {
      const kept = await follow({ ...explorations['futex-lock-kept'](), schedule: 'A' }, '13 futex-lock-kept');
      // A holds the lock forever, so the right outcome for B is to sleep forever.
      const intruder = walkedIn(kept, 'A', 'count');
      if (intruder !== undefined)
        throw finding(
          'lost update',
          'Thread A holds the lock and never releases it, so thread B may not get past lock(), but B went on at step ' +
            `${intruder.step}.`,
          timelineOf(kept),
        );
      if (kept.verdict !== 'deadlock' && kept.verdict !== 'lost wake-up')
        throw Object.assign(
          finding(
            'busy wait',
            'Thread A holds the lock. B waits for it and must sleep until it is woken, but it takes one step after ' +
              'another. Keep the Atomics.wait of lock(), without a timeout.',
            timelineOf(kept),
          ),
          { studentFrame: kept.timeline?.rows.at(-1) },
        );
      const alone = await follow({ ...explorations['futex-lock-alone'](), schedule: 'A' }, '13 futex-lock-alone');
      const needless = alone.timeline?.rows.find(({ text }) => text.startsWith('notify'));
      if (needless)
        throw Object.assign(
          finding(
            'failed',
            'One thread alone locks and unlocks, so no thread can be asleep, but unlock() calls notify at step ' +
              `${needless.step}. Call it only if the word was CONTENDED.`,
            timelineOf(alone),
          ),
          { studentFrame: needless },
        );
    },
  );
});

describe('Task 3: Not released on throw', () => {
  test(
    'withdraw returns what is left, or throws and releases the lock, in every schedule with at most 2 preemptions',
    { tags: ['3.throws', '3.returns', '3.one-fails'] },
    async () => {
      await checkSchedules('withdraw', 2, money);
      await checkSchedules('withdraw-all', 2, money);
      await checkSchedules('withdraw-too-much', 2, money);
      await checkSchedules('withdraw-three-times', 2, money);
    },
  );
});

describe('Task 4: Two locks, opposite order', () => {
  test(
    'two opposite transfers end, in every schedule with at most 3 preemptions',
    { tags: ['4.no-deadlock', '4.amount'] },
    async () => {
      await checkSchedules('transfer', 3, money);
      await checkSchedules('transfer-past-one', 3, money);
      await checkSchedules('transfer-to-itself', 3, money);
      await checkSchedules('transfer-three-times', 3, money);
    },
  );

  test(
    'three transfers in a ring end, in every schedule with at most 2 preemptions',
    { tags: ['4.no-deadlock', '4.amount'] },
    async () => {
      await checkSchedules('transfer-in-a-ring', 2, money);
    },
  );

  test(
    'total never sees money missing during a transfer, in every schedule with at most 2 preemptions',
    { tags: ['4.total'] },
    async () => {
      await checkSchedules('transfer-and-total', 2, money);
    },
  );
});

const timelineOf = (report: Parameters<typeof formatReport>[0]): string =>
  formatReport({ ...report, notes: [], demonstrated: undefined })
    .split('\n')
    .slice(2, -1)
    .join('\n');
