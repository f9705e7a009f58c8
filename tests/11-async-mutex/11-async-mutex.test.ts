import { afterAll, describe, test } from 'vitest';
import { closePromiseAgents, explorePromises, type PromiseProgram, type PromiseReport } from '#src/interleave/promises.ts';
import { expectPass } from '#src/verdict/explorer-verdict.ts';
import { finding } from '#src/verdict/finding.ts';
import type { Verdict } from '#src/verdict/verdicts.ts';
import { explorations } from './explorations.ts';

afterAll(closePromiseAgents);

/** Explores; what a scenario's own rules find wrong gets the name `violation`. */
async function inEveryOrder(name: keyof typeof explorations, program: PromiseProgram, violation: Verdict): Promise<PromiseReport> {
  const report = await explorePromises(program);
  expectPass(report, `11 ${name}`, { violation });
  return report;
}

describe('Task 1: Acquire and release', () => {
  test('two or three tasks are never inside at once, in any order', async () => {
    await inEveryOrder('exclusion', explorations.exclusion(2), 'lost update');
    await inEveryOrder('exclusion', explorations.exclusion(3), 'lost update');
  });

  test('nor when they ask in the same moment', async () => {
    await inEveryOrder('allAtOnce', explorations.allAtOnce(2), 'lost update');
    await inEveryOrder('allAtOnce', explorations.allAtOnce(3), 'lost update');
  });

  test('nor when they come again and again', async () => {
    await inEveryOrder('exclusion', explorations.exclusion(2, 3), 'lost update');
  });

  test('who asks first gets in first, also before one who comes again', async () => {
    await inEveryOrder('order', explorations.order(3), 'wrong order');
    await inEveryOrder('order', explorations.order(2, 2), 'wrong order');
    await inEveryOrder('comesAgain', explorations.comesAgain(), 'wrong order');
  });

  test('isLocked says whether somebody holds it', async () => {
    await inEveryOrder('isLocked', explorations.isLocked(), 'failed');
  });

  test('two locks have nothing to do with each other', async () => {
    await inEveryOrder('twoMutexes', explorations.twoMutexes(), 'failed');
  });

  test('a second call of release does nothing, whoever has the lock by then', async () => {
    await inEveryOrder('releasedTwice', explorations.releasedTwice(), 'lost update');
  });

  test('those who wait do nothing: no timer, no asking again and again', async () => {
    const report = await inEveryOrder('exclusion', explorations.exclusion(3), 'lost update');
    if (report.timers > 0) throw finding('busy wait', `Who waits must sleep till it is woken, but in one order ${report.timers} timers went off to look whether the lock is free.`);
  });
});

describe('Task 2: Run exclusively', () => {
  test('tasks are never inside at once, in any order, also beside acquire', async () => {
    await inEveryOrder('exclusion', explorations.exclusion(3, 1, 'runExclusive'), 'lost update');
    await inEveryOrder('exclusion', explorations.exclusion(3, 1, 'mixed'), 'lost update');
    await inEveryOrder('allAtOnce', explorations.allAtOnce(3, 1, 'mixed'), 'lost update');
  });

  test('who asks first runs first', async () => {
    await inEveryOrder('order', explorations.order(3, 1, 'runExclusive'), 'wrong order');
  });

  test('gives what the task gives', async () => {
    await inEveryOrder('results', explorations.results(), 'failed');
  });

  test("releases when the task fails, and rejects with the task's error", async () => {
    await inEveryOrder('failing', explorations.failing(), 'failed');
  });
});

describe('Task 3: Waiting can be aborted', () => {
  test('an aborted signal keeps out, even when the lock is free', async () => {
    await inEveryOrder('abortedBefore', explorations.abortedBefore(), 'failed');
  });

  test('who is aborted while it waits rejects at once with the reason, and the others get in', async () => {
    await inEveryOrder('abortedWhileWaiting', explorations.abortedWhileWaiting('acquire'), 'failed');
    await inEveryOrder('abortedWhileWaiting', explorations.abortedWhileWaiting('runExclusive'), 'failed');
  });

  test('an abort is too late when the lock is held', async () => {
    await inEveryOrder('abortedWhileHolding', explorations.abortedWhileHolding(), 'failed');
  });

  test('an abort in the moment of the release loses no lock', async () => {
    await inEveryOrder('abortedAtHandOver', explorations.abortedAtHandOver('release'), 'failed');
    await inEveryOrder('abortedAtHandOver', explorations.abortedAtHandOver('abort'), 'failed');
  });

  test('leaves no listener on the signal', async () => {
    await inEveryOrder('listeners', explorations.listeners(), 'leak');
  });
});

describe('Task 4: Released at the end of a block', () => {
  test.each(['using', 'await using'] as const)('%s: the lock is held to the end of the block, whichever way it ends', async (kind) => {
    await inEveryOrder('block', explorations.block(kind), 'failed');
  });

  test('the end of the block does nothing when release has been called before', async () => {
    await inEveryOrder('disposedAndReleased', explorations.disposedAndReleased(), 'lost update');
  });
});
