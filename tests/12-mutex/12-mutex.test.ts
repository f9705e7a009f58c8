import { describe, expect, test } from 'vitest';
import { arena } from '#src/arena/arena.ts';
import { formatReport, type ReplayReport } from '#src/interleave/index.ts';
import { finding } from '#src/verdict/index.ts';
import { expectNoSchedule, follow } from '#src/exploration/index.ts';
import { explorations } from './explorations.ts';

// 200 000 locks take a second; on a machine with much else to do, as much longer as it likes.
const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), {
  limit: 150_000,
});

type Name = keyof typeof explorations;

/** No schedule of a program fails, up to 3 preemptions with two threads and 2 with three. */
const prove = (name: Name, bound: number) => expectNoSchedule({ ...explorations[name](), bound }, `12 ${name}`);

/** One schedule: where it ends, the run goes on without preemption. */
const run = (name: Name, schedule: string) => follow({ ...explorations[name](), schedule, steps: 2_000 }, `12 ${name}`);

describe('Task 1: Lock and unlock', () => {
  test('tells by tryLock whether it is free, and refuses with an Error to unlock a free mutex', async () => {
    await expectNoSchedule({ ...explorations.alone(), bound: 0 }, '12 alone', { violation: 'failed' });
    const { outcomes } = await run('alone', 'A');
    expect(outcomes[0]?.returns['A']).toEqual({
      freeAtFirst: true,
      heldThen: false,
      freeAgain: true,
      unlockOfFree: 'an Error',
      freeAfterThat: true,
      heldAfterThat: false,
    });
  });

  test('lets only one of two threads in, in every schedule with up to 3 preemptions', async () => {
    await prove('two-threads', 3);
  });

  test('lets only one of three threads in, in every schedule with up to 2 preemptions', async () => {
    await prove('three-threads', 2);
  });

  test('lets tryLock in only when the mutex is free, in every schedule with up to 3 preemptions', async () => {
    await prove('try-lock', 3);
    await prove('try-lock-of-three', 2);
  });
});

describe('Task 2: Sleep, do not spin', () => {
  test('sleeps while another thread has the lock, wherever it was interrupted on its way in', async () => {
    for (const head of heads(12, 'B'))
      expectSleep(await run('kept-for-ever', `${head}${'A'.repeat(60)}`), 'kept-for-ever');
  });

  test('sleeps beside another one that sleeps', async () => {
    for (const head of heads(12, 'B'))
      expectSleep(await run('two-wait-for-ever', `${'A'.repeat(6)}${head}${'C'.repeat(60)}`), 'two-wait-for-ever');
  });

  test('wakes whoever sleeps, in every schedule with up to 2 preemptions', async () => {
    await prove('three-threads', 2);
    await prove('three-threads-twice', 1);
  });

  test('calls notify only if somebody may sleep', async () => {
    for (const name of ['nobody-waits', 'one-after-the-other'] as const) {
      const report = await run(name, 'A');
      const row = report.timeline?.rows.find(({ text }) => text.startsWith('notify'));
      if (row)
        throw Object.assign(
          finding(
            'failed',
            `The notify at step ${row.step} is for nothing: no thread has waited for this lock so far. Keep in the ` +
              `word whether somebody may sleep.`,
            shown(report),
          ),
          { studentFrame: row },
        );
    }
  });
});

describe('Task 3: withLock and using', () => {
  test(
    'withLock runs its work with the lock held and gives the result, in every schedule with up to 3 ' + 'preemptions',
    async () => {
      await prove('with-lock', 3);
      const { outcomes } = await run('with-lock', 'A');
      expect(outcomes[0]?.returns['A']).toEqual([0, 1]);
    },
  );

  test('withLock gives the lock back when its work throws, and lets the error through', async () => {
    await prove('with-lock-throws', 3);
    const { outcomes } = await run('with-lock-throws', 'A');
    expect(outcomes[0]?.returns['A']).toBe('RangeError: from the work');
  });

  test('lock gives a handle that gives the lock back when it is disposed of, as `using` does', async () => {
    await prove('using', 3);
  });

  test('a handle disposed of twice gives the lock back once', async () => {
    await prove('disposed-twice', 3);
  });
});

describe('Task 4: Full speed', { timeout: 180_000 }, () => {
  test('two real threads × 100 000 increments: none lost', async () => {
    await expectNothingLost(2, 100_000);
  });

  test('four real threads × 10 000 increments: none lost', async () => {
    await expectNothingLost(4, 10_000);
  });
});

/** Schedules that let one thread take 0, 1, 2, … steps first. */
const heads = (longest: number, lane: string): string[] =>
  Array.from({ length: longest + 1 }, (_, steps) => lane.repeat(steps));

/** A thread keeps the lock for ever. Whoever waits for it must end asleep: the deadlock is the right answer here. */
function expectSleep(report: ReplayReport, name: Name): void {
  if (report.verdict === 'deadlock' || report.verdict === 'lost wake-up') return;
  const evidence = formatReport(report, { replayCommand: `npm run kata replay 12 ${name}` })
    .split('\n')
    .slice(2)
    .join('\n');
  const last = report.timeline?.rows.at(-1);
  const who = report.timeline?.lanes[last?.lane ?? 0] ?? 'B';
  throw Object.assign(
    finding(
      'busy wait',
      `Thread A keeps the lock for ever, and ${who}, which waits for it, takes one step after the other instead of ` +
        `sleeping until it is woken (Atomics.wait, without a timeout).`,
      evidence,
    ),
    { studentFrame: last },
  );
}

async function expectNothingLost(threads: number, times: number): Promise<void> {
  // A lock that some schedule breaks can get through at full speed by luck, on one processor nearly always: luck earns
  // nothing.
  await prove('two-threads', 3);
  const wanted = threads * times;
  const { count, free, stalled } = await scenarios.atFullSpeed(threads, times);
  if (stalled)
    throw finding(
      'deadlock',
      `${threads} real threads × ${times} increments came to a stop at ${count} of ${wanted}: for 10 seconds ` +
        `nobody has got the lock.`,
    );
  if (count !== wanted)
    throw finding(
      'lost update',
      `${threads} real threads × ${times} increments under the lock must give ${wanted}, ` +
        `but they gave ${count}: ${wanted - count} lost.`,
    );
  if (!free) throw finding('failed', 'All threads have unlocked, but tryLock() says that the mutex is not free.');
}

function shown(report: ReplayReport): string {
  return formatReport({ ...report, notes: [], demonstrated: undefined })
    .split('\n')
    .slice(2, -2)
    .join('\n');
}
