import { afterAll, describe, test } from 'vitest';
import { formatReport, type ReplayReport } from '#src/interleave/index.ts';
import { finding } from '#src/verdict/index.ts';
import { arena } from '#src/arena/index.ts';
import { closeExplorers, expectNoSchedule, follow, walkedIn } from '#src/exploration/index.ts';
import { explorations } from './explorations.ts';

type Name = keyof typeof explorations;

/** Fails if a schedule of the program with at most `bound` preemptions fails. */
const checkSchedules = (name: Name, bound: number, named: Parameters<typeof expectNoSchedule>[2] = {}) =>
  expectNoSchedule({ ...explorations[name](), bound }, `13 ${name}`, named);

/** A wrong balance isn't always a lost update, so the verdict is `failed`. The message explains it. */
const money = { violation: 'failed' } as const;

const realThreads = arena<typeof import('./held-for-long.ts')>(new URL('./held-for-long.ts', import.meta.url), {
  calls: { heldForLong: () => 'lock(), or unlock(), of a SpinLock that real threads use,' },
});

afterAll(closeExplorers);

describe('Task 1: Test, then set', () => {
  test(
    'SpinLock lets one of two threads in at a time, in every schedule with at most 3 preemptions',
    { tags: ['1.exclusive', '1.visible', '1.gets-in'] },
    async () => {
      await checkSchedules('spin-lock', 3);
      await checkSchedules('spin-lock-twice', 3);
      await checkSchedules('spin-lock-three-times', 3);
    },
  );

  test(
    'SpinLock lets one of three threads in at a time, in every schedule with at most 3 preemptions',
    { tags: ['1.exclusive', '1.visible', '1.gets-in'] },
    async () => {
      await checkSchedules('spin-lock-of-three', 3);
    },
  );

  test(
    'a thread waits in SpinLock.lock() however long another one holds the lock, and then gets it',
    { tags: ['1.exclusive', '1.gets-in'] },
    async () => {
      const program = { ...explorations['spin-lock-kept'](), schedule: 'A', steps: 5_000 };
      expectKept(await follow(program, '13 spin-lock-kept'));
      const { early, ending } = await realThreads.heldForLong();
      if (ending !== undefined)
        throw finding(
          early ? 'lost update' : 'failed',
          'One real thread held the lock, and another one called lock(). It must wait there until unlock(), however ' +
            `long that takes, and then get the lock, but it ${ending}. Keep trying in lock() until the lock is free: ` +
            'no limit on the number of tries, and no error.',
        );
    },
  );
});

describe('Task 2: Forgotten sleepers', () => {
  test(
    'FutexLock forgets no sleeper: three threads with at most 3 preemptions, four or five with at most 1',
    { tags: ['2.wakes', '2.exclusive'] },
    async () => {
      await checkSchedules('futex-lock', 3);
      await checkSchedules('futex-lock-of-four', 1);
      await checkSchedules('futex-lock-of-five', 1);
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
      await expectSleep('futex-lock-kept', 'A');
      for (const head of heads('A', 8))
        await expectSleep('futex-lock-taken-again', `${head}${'B'.repeat(30)}${'A'.repeat(30)}`);
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
      for (const head of heads('A', 8)) await expectRest(`${head}${'B'.repeat(30)}${'A'.repeat(30)}`);
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
      await checkSchedules('transfer-too-much', 3, money);
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
    { tags: ['4.total', '4.no-deadlock'] },
    async () => {
      await checkSchedules('transfer-among-eleven', 2, money);
      await checkSchedules('transfer-and-total', 2, money);
      await checkSchedules('transfer-watched', 2, money);
    },
  );
});

/** @returns schedules that let one thread take 0, 1, 2, … steps first */
const heads = (lane: string, longest: number): string[] =>
  Array.from({ length: longest + 1 }, (_, steps) => lane.repeat(steps));

/** Thread A keeps the lock. @throws {Finding} where another thread got past lock() */
function expectKept(kept: ReplayReport): void {
  const intruder = walkedIn(kept, 'A', 'count');
  if (intruder === undefined) return;
  const who = `thread ${kept.timeline?.lanes[intruder.lane]}`;
  throw finding(
    'lost update',
    `Thread A holds the lock and never releases it, so ${who} may not get past lock(), but it went on at step ` +
      `${intruder.step}.`,
    timelineOf({ ...kept, timeline: kept.timeline && { ...kept.timeline, rows: kept.timeline.rows.slice(-20) } }),
  );
}

/** Thread A keeps the lock forever, so the right outcome for the others is to sleep forever. */
async function expectSleep(name: Name, schedule: string): Promise<void> {
  const kept = await follow({ ...explorations[name](), schedule, steps: 2_000 }, `13 ${name}`);
  expectKept(kept);
  if (kept.verdict === 'deadlock' || kept.verdict === 'lost wake-up') return;
  const last = kept.timeline?.rows.at(-1);
  const who = kept.timeline?.lanes[last?.lane ?? 1] ?? 'B';
  throw Object.assign(
    finding(
      'busy wait',
      `Thread A holds the lock. ${who} waits for it and must sleep until it is woken, but it takes one step after ` +
        'another. Keep the Atomics.wait of lock(), without a timeout.',
      timelineOf(kept),
    ),
    { studentFrame: last },
  );
}

/** B may call notify when it has waited, as others may sleep for all it knows, but not for its next two locks. */
async function expectRest(schedule: string): Promise<void> {
  const report = await follow({ ...explorations['futex-lock-rested'](), schedule }, '13 futex-lock-rested');
  const [, needless] = report.timeline?.rows.filter(({ lane, text }) => lane === 1 && text.startsWith('notify')) ?? [];
  if (needless)
    throw Object.assign(
      finding(
        'failed',
        `Thread B has waited once and then locks three times. No thread can be asleep any more, but unlock() calls ` +
          `notify again at step ${needless.step}. Call it only if the word was CONTENDED.`,
        timelineOf(report),
      ),
      { studentFrame: needless },
    );
}

const timelineOf = (report: Parameters<typeof formatReport>[0]): string =>
  formatReport({ ...report, notes: [], demonstrated: undefined })
    .split('\n')
    .slice(2, -1)
    .join('\n');
