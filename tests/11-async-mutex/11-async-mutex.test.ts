import { afterAll, describe, test } from 'vitest';
import { arena } from '#src/arena/index.ts';
import type { PromiseReport } from '#src/interleave/index.ts';
import { closeExplorers, expectPass, explorePromises } from '#src/exploration/index.ts';
import { type Verdict, finding } from '#src/verdict/index.ts';
import { draw, seed } from '../support/countdown-inputs.ts';
import { explorations } from './explorations.ts';
import type { Fault } from './queue-cases.ts';

const calls = arena<typeof import('./random-calls.ts')>(new URL('./random-calls.ts', import.meta.url));
const queues = arena<typeof import('./queue-cases.ts')>(new URL('./queue-cases.ts', import.meta.url));

afterAll(closeExplorers);

/** Explores every schedule. `violation` is the verdict if a rule of the scenario is violated. */
async function inEveryOrder(name: keyof typeof explorations, violation: Verdict): Promise<PromiseReport> {
  const report = await explorePromises(explorations[name]());
  const cause = causes[report.reason]?.(name) ?? '';
  expectPass({ ...report, sentence: `${report.sentence}${cause && ` ${cause}`}` }, `11 ${name}`, { violation });
  return report;
}

/** What to say about failures that no rule of a scenario describes. */
const causes: Partial<Record<PromiseReport['reason'], (name: keyof typeof explorations) => string>> = {
  deadlock: (name) => lostLock[name] ?? 'The lock was released, but nobody was woken: release() must hand it over.',
  'event-loop-blocked': () =>
    'A loop around `await null` never lets the event loop turn, so the task that holds the lock cannot go on. Let ' +
    'acquire() await a promise that release() resolves.',
  livelock: () => 'Let acquire() await a promise that release() resolves, instead of asking again and again.',
};

const afterCancel =
  'B was cancelled while it waited: it must leave the queue, or else the lock is handed to B and nobody releases it. ' +
  'See where acquire() handles the abort.';
const notAtEnd = 'The block of the other task has ended, so its lock must be free. Let dispose do what release() does.';

/** Where the lock was lost, for the programs in which a release that wakes nobody is not the usual cause. */
const lostLock: Partial<Record<keyof typeof explorations, string>> = {
  'two-mutexes':
    'A holds two mutexes, and B and C wait for one each: acquire() and release() of one mutex must not look at the ' +
    'other one.',
  failing: 'A task before it failed, and runExclusive() must release the lock then, too: use try and finally.',
  'aborted-acquire': afterCancel,
  'aborted-exclusive': afterCancel,
  'release-then-abort':
    'A released the lock to B, and B was aborted right after. B rejected without passing the lock on. Once release() ' +
    'has handed the lock to a task, the abort comes too late for it.',
  'abort-then-release': afterCancel,
  using: notAtEnd,
  'await-using': notAtEnd,
};

/** Compares calls that are drawn at random with what a plain queue does. */
async function expectQueue(task: 1 | 3 | 4): Promise<void> {
  const difference = await calls.randomCalls(draw(0, 2 ** 31), 600, task);
  if (difference !== undefined)
    throw finding(
      'failed',
      `In calls drawn at random, ${difference}. The same calls: npm run kata run 11 -- --seed ${seed}`,
    );
}

/** @throws {Finding} if something went wrong */
function expectNone(fault: Fault | undefined): void {
  if (fault) throw finding(fault.verdict, fault.sentence);
}

describe('Task 1: Acquire and release', () => {
  test(
    'lets only one of two or three tasks hold the lock, under every schedule',
    { tags: ['1.exclusive'] },
    async () => {
      await inEveryOrder('two-tasks', 'lost update');
      await inEveryOrder('three-tasks', 'lost update');
    },
  );

  test(
    'lets only one task hold the lock when several ask in the same turn of the event loop',
    { tags: ['1.exclusive'] },
    async () => {
      await inEveryOrder('two-at-once', 'lost update');
      await inEveryOrder('three-at-once', 'lost update');
    },
  );

  test(
    'lets only one task hold the lock when tasks ask again after each release',
    { tags: ['1.exclusive'] },
    async () => {
      await inEveryOrder('three-rounds', 'lost update');
    },
  );

  test(
    'serves tasks in the order in which they ask, also before a task that has just released',
    { tags: ['1.fifo'] },
    async () => {
      await inEveryOrder('order-of-three', 'wrong order');
      await inEveryOrder('order-of-four', 'wrong order');
      await inEveryOrder('order-of-two-rounds', 'wrong order');
      await inEveryOrder('comes-again', 'wrong order');
      await inEveryOrder('order-of-twelve', 'wrong order');
    },
  );

  test('isLocked() returns whether a task holds the lock', { tags: ['1.is-locked'] }, async () => {
    await inEveryOrder('is-locked', 'failed');
  });

  test('two mutexes are independent', { tags: ['1.independent'] }, async () => {
    await inEveryOrder('two-mutexes', 'failed');
  });

  test(
    'a second call of release has no effect, even if another task holds the lock by then',
    { tags: ['1.release-once'] },
    async () => {
      await inEveryOrder('released-twice', 'lost update');
      await inEveryOrder('released-twice-at-once', 'lost update');
    },
  );

  test('waiting tasks sleep until they are woken, without timers or polling', { tags: ['1.no-polling'] }, async () => {
    const report = await inEveryOrder('three-tasks', 'lost update');
    if (report.timers > 0)
      throw finding(
        'busy wait',
        `A waiting task must sleep until it is woken, but ${report.timers} timers fired in one schedule: acquire() ` +
          'asks again and again. Let it await a promise that release() resolves.',
      );
  });

  test(
    'does what a queue would do in 600 steps of random calls',
    { tags: ['1.exclusive', '1.fifo', '1.is-locked', '1.release-once', '1.independent'] },
    async () => expectQueue(1),
  );
});

describe('Task 2: Run exclusively', () => {
  test(
    'runs one task at a time under every schedule, also next to tasks that use acquire()',
    { tags: ['2.exclusive'] },
    async () => {
      await inEveryOrder('three-exclusive', 'lost update');
      await inEveryOrder('three-mixed', 'lost update');
      await inEveryOrder('mixed-at-once', 'lost update');
    },
  );

  test('runs tasks in the order in which they ask', { tags: ['2.exclusive'] }, async () => {
    await inEveryOrder('order-of-exclusive', 'wrong order');
    await inEveryOrder('order-of-four-exclusive', 'wrong order');
    expectNone(await queues.mixedOrders());
  });

  test('resolves to what the task returns, async or not', { tags: ['2.result'] }, async () => {
    await inEveryOrder('results', 'failed');
  });

  test(
    "releases the lock when the task throws or rejects, and rejects with the task's error",
    { tags: ['2.errors'] },
    async () => {
      await inEveryOrder('failing', 'failed');
    },
  );
});

describe('Task 3: Cancel a wait', () => {
  test(
    'rejects at once if the signal is already aborted, even if the lock is free',
    { tags: ['3.aborted-before'] },
    async () => {
      await inEveryOrder('aborted-before', 'failed');
    },
  );

  test(
    "a task that is cancelled while it waits rejects with the signal's reason, and the others run",
    { tags: ['3.aborted-waiting'] },
    async () => {
      await inEveryOrder('aborted-acquire', 'failed');
      await inEveryOrder('aborted-exclusive', 'failed');
      expectNone(await queues.cancelledWaits('queue'));
    },
  );

  test('an abort has no effect on a task that holds the lock', { tags: ['3.aborted-holding'] }, async () => {
    await inEveryOrder('aborted-while-holding', 'failed');
  });

  test('the lock is not lost when a release and an abort come together', { tags: ['3.hand-over'] }, async () => {
    await inEveryOrder('release-then-abort', 'failed');
    await inEveryOrder('abort-then-release', 'failed');
  });

  test('leaves no listener on the signal once the wait is over', { tags: ['3.no-listeners'] }, async () => {
    await inEveryOrder('listeners', 'leak');
    expectNone(await queues.cancelledWaits('signals'));
  });

  test(
    'does what a queue would do in 600 steps of random calls and aborts',
    { tags: ['3.aborted-waiting', '3.aborted-holding', '3.hand-over', '3.no-listeners', '2.exclusive'] },
    async () => expectQueue(3),
  );
});

describe('Task 4: Release at the end of a block', () => {
  test.each(['using', 'await-using'] as const)(
    '%s holds the lock until the block ends, with or without an error',
    { tags: ['4.block'] },
    async (kind) => {
      await inEveryOrder(kind, 'failed');
    },
  );

  test('the end of the block has no effect if release was called before', { tags: ['4.release-once'] }, async () => {
    await inEveryOrder('disposed-and-released', 'lost update');
  });

  test(
    'does what a queue would do in 600 steps of random calls, some of them dispose',
    { tags: ['4.release-once'] },
    async () => expectQueue(4),
  );
});
