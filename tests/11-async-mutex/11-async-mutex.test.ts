import { afterAll, describe, test } from 'vitest';
import { closePromiseAgents, explorePromises, type PromiseReport } from '#src/interleave/index.ts';
import { expectPass } from '#src/exploration/index.ts';
import { type Verdict, finding } from '#src/verdict/index.ts';
import { explorations } from './explorations.ts';

afterAll(closePromiseAgents);

/** Explores; what a scenario's own rules find wrong gets the name `violation`. */
async function inEveryOrder(name: keyof typeof explorations, violation: Verdict): Promise<PromiseReport> {
  const report = await explorePromises(explorations[name]());
  expectPass(report, `11 ${name}`, { violation });
  return report;
}

describe('Task 1: Acquire and release', () => {
  test('two or three tasks are never inside at once, in any order', async () => {
    await inEveryOrder('two-tasks', 'lost update');
    await inEveryOrder('three-tasks', 'lost update');
  });

  test('nor when they ask in the same moment', async () => {
    await inEveryOrder('two-at-once', 'lost update');
    await inEveryOrder('three-at-once', 'lost update');
  });

  test('nor when they come again and again', async () => {
    await inEveryOrder('three-rounds', 'lost update');
  });

  test('who asks first gets in first, also before one who comes again', async () => {
    await inEveryOrder('order-of-three', 'wrong order');
    await inEveryOrder('order-of-two-rounds', 'wrong order');
    await inEveryOrder('comes-again', 'wrong order');
  });

  test('isLocked says whether somebody holds it', async () => {
    await inEveryOrder('is-locked', 'failed');
  });

  test('two locks have nothing to do with each other', async () => {
    await inEveryOrder('two-mutexes', 'failed');
  });

  test('a second call of release does nothing, whoever has the lock by then', async () => {
    await inEveryOrder('released-twice', 'lost update');
  });

  test('those who wait do nothing: no timer, no asking again and again', async () => {
    const report = await inEveryOrder('three-tasks', 'lost update');
    if (report.timers > 0)
      throw finding(
        'busy wait',
        `Who waits must sleep till it is woken, but in one order ${report.timers} timers went off to look whether ` +
          `the lock is free.`,
      );
  });
});

describe('Task 2: Run exclusively', () => {
  test('tasks are never inside at once, in any order, also beside acquire', async () => {
    await inEveryOrder('three-exclusive', 'lost update');
    await inEveryOrder('three-mixed', 'lost update');
    await inEveryOrder('mixed-at-once', 'lost update');
  });

  test('who asks first runs first', async () => {
    await inEveryOrder('order-of-exclusive', 'wrong order');
  });

  test('gives what the task gives', async () => {
    await inEveryOrder('results', 'failed');
  });

  test("releases when the task fails, and rejects with the task's error", async () => {
    await inEveryOrder('failing', 'failed');
  });
});

describe('Task 3: Waiting can be aborted', () => {
  test('an aborted signal keeps out, even when the lock is free', async () => {
    await inEveryOrder('aborted-before', 'failed');
  });

  test('who is aborted while it waits rejects at once with the reason, and the others get in', async () => {
    await inEveryOrder('aborted-acquire', 'failed');
    await inEveryOrder('aborted-exclusive', 'failed');
  });

  test('an abort is too late when the lock is held', async () => {
    await inEveryOrder('aborted-while-holding', 'failed');
  });

  test('an abort in the moment of the release loses no lock', async () => {
    await inEveryOrder('release-then-abort', 'failed');
    await inEveryOrder('abort-then-release', 'failed');
  });

  test('leaves no listener on the signal', async () => {
    await inEveryOrder('listeners', 'leak');
  });
});

describe('Task 4: Released at the end of a block', () => {
  test.each(['using', 'await-using'] as const)(
    '%s: the lock is held to the end of the block, whichever way it ends',
    async (kind) => {
      await inEveryOrder(kind, 'failed');
    },
  );

  test('the end of the block does nothing when release has been called before', async () => {
    await inEveryOrder('disposed-and-released', 'lost update');
  });
});
