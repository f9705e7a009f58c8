import { afterAll, describe, test } from 'vitest';
import { arena } from '#src/arena/index.ts';
import { formatReport, type ReplayReport } from '#src/interleave/index.ts';
import { Finding, finding } from '#src/verdict/index.ts';
import { closeExplorers, expectNoSchedule, follow, walkedIn } from '#src/exploration/index.ts';
import { explorations } from './explorations.ts';

// 200,000 locks take about a second, and much longer on a busy machine.
const scenarios = arena<typeof import('./scenarios.ts')>(new URL('./scenarios.ts', import.meta.url), {
  limit: 150_000,
});

type Name = keyof typeof explorations;

/** Fails if a schedule of the program with at most `bound` preemptions fails. */
const checkSchedules = (name: Name, bound: number) =>
  expectNoSchedule({ ...explorations[name](), bound }, `12 ${name}`);

/** Runs one schedule. After its end, the run goes on without preemption. */
const run = (name: Name, schedule: string) => follow({ ...explorations[name](), schedule, steps: 2_000 }, `12 ${name}`);

afterAll(closeExplorers);

describe('Task 1: Lock and unlock', () => {
  test(
    'tryLock acquires only a free mutex; unlock of a free mutex throws an Error and leaves it free',
    { tags: ['1.try-lock', '1.unlock-free', '1.one-word'] },
    async () => {
      await expectNoSchedule({ ...explorations.alone(), bound: 0 }, '12 alone', { violation: 'failed' });
      const { outcomes } = await run('alone', 'A');
      const answers = outcomes[0]?.returns['A'] as Record<string, unknown> | undefined;
      const wrong = aloneMustGive.find(([name, wanted]) => answers?.[name] !== wanted);
      if (wrong !== undefined) throw finding('failed', `${wrong[2]}, but it ${result(answers?.[wrong[0]])}.`);
    },
  );

  test(
    'lets one of two threads in at a time, in every schedule with at most 3 preemptions',
    { tags: ['1.exclusive', '1.visible'] },
    async () => {
      await checkSchedules('two-threads', 3);
      await checkSchedules('two-mutexes', 3);
    },
  );

  test(
    'lets one of three threads in at a time, in every schedule with at most 3 preemptions',
    { tags: ['1.exclusive', '1.visible'] },
    async () => {
      await checkSchedules('three-threads', 3);
    },
  );

  test(
    'tryLock succeeds only when the mutex is free, and never waits, with at most 3 preemptions',
    { tags: ['1.try-lock'] },
    async () => {
      await checkSchedules('try-lock', 3);
      await checkSchedules('try-lock-of-three', 3);
      await checkSchedules('try-lock-of-a-held-one', 3).catch(becauseTryLockWaits);
    },
  );

  test(
    'changes no other element of the array, even while a thread waits; the index is 0 if none is given',
    { tags: ['1.one-word'] },
    async () => {
      await expectNoSchedule({ ...explorations.neighbors(), bound: 2 }, '12 neighbors', { violation: 'failed' });
      await expectNoSchedule({ ...explorations['by-default'](), bound: 0 }, '12 by-default', { violation: 'failed' });
      const changed = (await scenarios.changedInTheBuffer()).filter((at) => at !== 2);
      if (changed.length > 0)
        throw finding(
          'failed',
          'Here `word` has one element, which is element 2 of a larger buffer. lock() may change only that one, but ' +
            `it also changed element ${changed.join(' and ')}. Use \`word\` itself, and make no array of its buffer.`,
        );
    },
  );
});

describe('Task 2: Sleep, do not spin', () => {
  test(
    'a waiting thread sleeps while another one holds the lock, wherever in lock() it was interrupted',
    { tags: ['2.sleeps'] },
    async () => {
      for (const head of heads(12, 'B'))
        expectSleep(await run('kept-for-ever', `${head}${'A'.repeat(60)}`), 'kept-for-ever');
    },
  );

  test('a waiting thread sleeps although another one sleeps already', { tags: ['2.sleeps'] }, async () => {
    for (const head of heads(12, 'B'))
      expectSleep(await run('two-wait-for-ever', `${'A'.repeat(6)}${head}${'C'.repeat(60)}`), 'two-wait-for-ever');
  });

  test(
    'no thread sleeps forever: three threads with at most 3 preemptions, four or five with at most 1',
    { tags: ['2.wakes'] },
    async () => {
      await checkSchedules('three-threads', 3);
      await checkSchedules('three-threads-twice', 1);
      await checkSchedules('four-threads', 1);
      await checkSchedules('five-threads', 1);
      // A thread that only tries must not make the others forget who sleeps.
      await checkSchedules('try-lock-of-three', 1);
    },
  );

  test('unlock calls no notify as long as no thread has had to wait', { tags: ['2.no-notify'] }, async () => {
    for (const name of ['nobody-waits', 'nobody-waits-for-try', 'one-after-the-other', 'alone'] as const) {
      const report = await run(name, 'A');
      const row = report.timeline?.rows.find(({ text }) => text.startsWith('notify'));
      if (row)
        throw Object.assign(
          finding(
            'failed',
            `The notify at step ${row.step} is needless: no thread has waited for this lock so far. Record in ` +
              'the word whether a thread may be asleep.',
            shown(report),
          ),
          { studentFrame: row },
        );
    }
  });

  test('a thread that is woken, but finds the lock taken again, sleeps again', { tags: ['2.sleeps'] }, async () => {
    for (const head of heads(12, 'A'))
      expectSleep(await run('woken-too-late', `${head}${'B'.repeat(60)}${'A'.repeat(60)}`), 'woken-too-late');
  });

  test('a thread tries at most 100 times before it sleeps', { tags: ['2.sleeps'] }, async () => {
    const report = await run('kept-for-ever', 'A'.repeat(60));
    const tries = triesOf(report, 'B');
    if (tries.length > mostTries)
      throw Object.assign(
        finding(
          'busy wait',
          `Thread A holds the lock forever. B may try up to 100 times before it sleeps, but it looked at the lock's ` +
            `word ${tries.length} times.`,
        ),
        { studentFrame: tries.at(-1) },
      );
  });
});

describe('Task 3: withLock and using', () => {
  test(
    'withLock holds the lock during its callback and returns its result, with at most 3 preemptions',
    { tags: ['3.with-lock'] },
    async () => {
      await checkSchedules('with-lock', 3);
      const { outcomes } = await run('with-lock', 'A');
      const got = outcomes[0]?.returns['A'];
      if (JSON.stringify(got) !== '[0,1]')
        throw finding(
          'failed',
          'withLock() must return what its callback returns: two callbacks returned 0 and 1, but withLock() returned ' +
            `${Array.isArray(got) ? got.map(String).join(' and ') : String(got)}.`,
        );
      await expectValues();
    },
  );

  test(
    'withLock releases the lock when its callback throws, and passes the error on',
    { tags: ['3.throws'] },
    async () => {
      await checkSchedules('with-lock-throws', 3);
      const { outcomes } = await run('with-lock-throws', 'A');
      const got = outcomes[0]?.returns['A'];
      if (got !== 'RangeError: from the work')
        throw finding(
          'failed',
          `The callback threw a RangeError, and withLock() must let it pass on after the release, but ${String(got)}.`,
        );
      await expectValues();
    },
  );

  test(
    'lock returns a handle that releases the lock when it is disposed of, as `using` does',
    { tags: ['3.handle'] },
    async () => {
      await checkSchedules('using', 3);
    },
  );

  test('disposing of a handle twice releases the lock once', { tags: ['3.twice'] }, async () => {
    await checkSchedules('disposed-twice', 3);
  });

  test(
    'each lock has a handle that releases this lock only, also the third one and while a later one is held',
    { tags: ['3.handle', '3.twice'] },
    async () => {
      await checkSchedules('disposed-late', 3);
    },
  );
});

describe('Task 4: Full speed', () => {
  test('two real threads × 100,000 increments lose none', { tags: ['4.no-loss', '4.free', '4.explored'] }, async () => {
    await expectNothingLost(2, 100_000);
  });

  test('four real threads × 10,000 increments lose none', { tags: ['4.no-loss', '4.free'] }, async () => {
    await expectNothingLost(4, 10_000);
  });
});

/** What a mutex does that one thread uses: name of the answer, what it must be, and why. */
const aloneMustGive: readonly (readonly [name: string, wanted: unknown, rule: string])[] = [
  ['freeAtFirst', true, 'Nobody holds the mutex, so tryLock() must return true'],
  ['heldThen', false, 'The mutex is held, by this very thread, so tryLock() must return false'],
  ['freeAgain', true, 'unlock() has freed the mutex, so tryLock() must return true'],
  ['unlockOfFree', 'an Error', 'Nobody holds the mutex, so unlock() must throw an Error'],
  ['freeAfterThat', true, 'An unlock() that threw must leave the mutex free, so tryLock() must return true'],
  ['heldAfterThat', false, 'An unlock() of a free mutex must not let a second tryLock() in, which must return false'],
];

/** Says what the deadlock comes from: A sleeps because B has not come back. */
function becauseTryLockWaits(error: unknown): never {
  if (error instanceof Finding && error.verdict === 'deadlock')
    error.message =
      'B called tryLock() while A held the lock, and it waited, but it must return false at once. (A releases the ' +
      `lock when the call has returned.) ${error.message}`;
  throw error;
}

const result = (answer: unknown): string =>
  typeof answer === 'boolean'
    ? `returned ${answer}`
    : answer === 'nothing'
      ? 'threw nothing'
      : `gave ${String(answer)}`;

/** @returns schedules that let one thread take 0, 1, 2, … steps first */
const heads = (longest: number, lane: string): string[] =>
  Array.from({ length: longest + 1 }, (_, steps) => lane.repeat(steps));

/** Thread A holds the lock forever, so every other thread must end up asleep: here a deadlock is the right outcome. */
function expectSleep(report: ReplayReport, name: Name): void {
  const intruder = walkedIn(report, 'A', 'count');
  if (intruder !== undefined)
    throw Object.assign(
      finding(
        'lost update',
        'Thread A holds the lock and never releases it, so no other thread may get past lock(), but thread ' +
          `${report.timeline?.lanes[intruder.lane]} did.`,
        shown(report),
      ),
      { studentFrame: intruder },
    );
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
      `Thread A holds the lock forever. ${who} waits for it and must sleep until it is woken, but it takes one ` +
        'step after another. Use Atomics.wait, without a timeout.',
      evidence,
    ),
    { studentFrame: last },
  );
}

/** Tries before a thread sleeps: the 100 of the lesson, and a few to record in the word that it waits. */
const mostTries = 110;

/** @returns the rows in which a thread tries to get the lock before it sleeps; a read and a write are one try */
function triesOf({ timeline }: ReplayReport, name: string) {
  const lane = timeline?.lanes.indexOf(name);
  const rows = timeline?.rows.filter((row) => row.lane === lane) ?? [];
  const asleep = rows.findIndex(({ text }) => /^wait .*: sleeps/.test(text));
  const before = rows.slice(0, asleep < 0 ? rows.length : asleep);
  return before.filter(({ text }, at) => text.startsWith('load') || !before[at - 1]?.text.startsWith('load'));
}

/** Whatever a callback returns or throws comes out of withLock. */
const expectValues = () =>
  expectNoSchedule({ ...explorations['with-lock-values'](), bound: 0 }, '12 with-lock-values', {
    violation: 'failed',
  });

async function expectNothingLost(threads: number, times: number): Promise<void> {
  // A broken lock can survive full speed by luck, on one processor nearly always. Luck earns no points.
  await checkSchedules('two-threads', 3);
  const wanted = threads * times;
  const { count, free, stalled } = await scenarios.atFullSpeed(threads, times);
  if (stalled)
    throw finding(
      'deadlock',
      `${threads} real threads × ${times} increments must end, but they stopped at ${count} of ${wanted}: no ` +
        'thread has got the lock for 10 seconds.',
    );
  if (count !== wanted)
    throw finding(
      'lost update',
      `${threads} real threads × ${times} increments under the lock must count to ${wanted}, but they counted to ` +
        `${count}: ${wanted - count} are lost.`,
    );
  if (!free)
    throw finding('failed', 'All threads have unlocked, so the mutex must be free, but tryLock() returned false.');
}

function shown(report: ReplayReport): string {
  return formatReport({ ...report, notes: [], demonstrated: undefined })
    .split('\n')
    .slice(2, -2)
    .join('\n');
}
