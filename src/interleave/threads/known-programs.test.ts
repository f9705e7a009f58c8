// Real Workers: known errors show at their known number of preemptions, and correct programs pass, however they are
// written.
import { describe, expect, test } from 'vitest';
import { explore } from '../index.ts';
import type { ExploreOptions, ThreadSpec } from './index.ts';

const locks = new URL('../testing/fixtures/threads/locks.ts', import.meta.url);
const algorithms = new URL('../testing/fixtures/threads/broken-algorithms.ts', import.meta.url);
const lockMemory = { lock: 1, count: 1 };

/** The same body in several lanes. */
function lanes(count: number, body: string, args: (lane: number) => unknown[] = () => []): ThreadSpec[] {
  return [...'ABCD'.slice(0, count)].map((name, lane) => ({ name, body, args: args(lane) }));
}

function counts(wanted: number): NonNullable<ExploreOptions['invariant']> {
  return ({ count }) => (count as Int32Array)[0] === wanted || `count is ${(count as Int32Array)[0]}, wanted ${wanted}`;
}

describe('correct locks pass, with two threads and with three', () => {
  test.each(['spinLock', 'exchangeLock', 'futexTwoStates', 'futexThreeStates', 'pollingLock', 'spinThenSleep'])(
    '%s',
    async (body) => {
      for (const threads of [2, 3]) {
        const report = await explore({
          module: locks,
          threads: lanes(threads, body),
          memory: lockMemory,
          invariant: counts(threads),
          budget: { milliseconds: 25_000 },
        });
        expect(report).toMatchObject({ verdict: 'pass', cut: 0 });
        expect(report.bound).toBeGreaterThanOrEqual(threads === 2 ? 3 : 2);
      }
    },
  );

  test('a lock that adds itself, and takes that back while another thread is in', async () => {
    const report = await explore({
      module: locks,
      threads: lanes(2, 'addingLock'),
      memory: lockMemory,
      invariant: counts(2),
    });
    expect(report).toMatchObject({ verdict: 'pass', cut: 0 });
  });

  test('ticket lock, three threads', async () => {
    expect(
      await explore({
        module: locks,
        threads: lanes(3, 'ticketLock'),
        memory: { tickets: 2, count: 1 },
        invariant: counts(3),
      }),
    ).toMatchObject({ verdict: 'pass' });
  });

  test('Peterson', async () => {
    const report = await explore({
      module: locks,
      threads: lanes(2, 'peterson', (lane) => [lane]),
      memory: { flags: 2, turn: 1, count: 1 },
      invariant: counts(2),
    });
    expect(report).toMatchObject({ verdict: 'pass' });
  });
});

describe('known errors', () => {
  const barrierMemory = (threads: number) => ({ arrived: 1, round: 1, progress: threads });

  test('test-then-set lock: both get in after 2 preemptions', async () => {
    expect(
      await explore({ module: algorithms, threads: lanes(2, 'testThenSet'), memory: lockMemory, invariant: counts(2) }),
    ).toMatchObject({ verdict: 'violation', bound: 1, demonstrated: true });
  });

  test('an unlock that stores while another thread has added itself: a livelock that writes', async () => {
    const report = await explore({
      module: algorithms,
      threads: lanes(2, 'addsAndStores'),
      memory: lockMemory,
      invariant: counts(2),
    });
    expect(report).toMatchObject({ verdict: 'livelock', bound: 0, demonstrated: true });
    expect(report.sentence).toContain('B changes lock and takes it back over and over, and nobody else can run');
  });

  test('a futex mutex that forgets sleepers: deadlock of three threads after 1 preemption', async () => {
    const report = await explore({
      module: algorithms,
      threads: lanes(3, 'forgetsSleepers'),
      memory: lockMemory,
      invariant: counts(3),
    });
    expect(report).toMatchObject({ verdict: 'deadlock', bound: 0, demonstrated: true });
  });

  test('a barrier without `while`: two threads in two rounds need 3 preemptions', async () => {
    const report = await explore({
      module: algorithms,
      threads: lanes(2, 'barrierWithoutWhile', (lane) => [lane, 2, 2]),
      memory: barrierMemory(2),
    });
    expect(report).toMatchObject({ verdict: 'threw', bound: 2, demonstrated: true });
  });

  test('a barrier with `while` passes', async () => {
    expect(
      await explore({
        module: algorithms,
        threads: lanes(2, 'barrier', (lane) => [lane, 2, 2]),
        memory: barrierMemory(2),
      }),
    ).toMatchObject({ verdict: 'pass' });
    expect(
      await explore({
        module: algorithms,
        threads: lanes(3, 'barrier', (lane) => [lane, 3, 1]),
        memory: barrierMemory(3),
      }),
    ).toMatchObject({ verdict: 'pass' });
  });

  test('a one-place buffer that wakes one of two kinds of sleepers deadlocks; one that wakes all passes', async () => {
    const slot = (put: string, take: string): ThreadSpec[] => [
      { name: 'producer', body: put, args: [2] },
      { name: 'first consumer', body: take, args: [1] },
      { name: 'second consumer', body: take, args: [1] },
    ];
    const memory = { full: 1, event: 1 };
    expect(await explore({ module: algorithms, threads: slot('produceOne', 'consumeOne'), memory })).toMatchObject({
      verdict: 'deadlock',
      bound: -1,
    });
    expect(await explore({ module: algorithms, threads: slot('produceAll', 'consumeAll'), memory })).toMatchObject({
      verdict: 'pass',
    });
  });

  test('three philosophers, left fork first: deadlock after 1 preemption; lower fork first passes', async () => {
    const seated = (body: string) =>
      explore({ module: algorithms, threads: lanes(3, body, (lane) => [lane, 3]), memory: { forks: 3 } });
    expect(await seated('leftForkFirst')).toMatchObject({ verdict: 'deadlock', bound: 0, demonstrated: true });
    expect(await seated('lowerForkFirst')).toMatchObject({ verdict: 'pass' });
  });

  test('a Treiber stack whose node comes back (ABA) breaks after 1 preemption', async () => {
    const report = await explore({
      module: algorithms,
      threads: { A: 'popOne', B: 'popTwoPushOne' },
      memory: { top: { initial: [1] }, next: { initial: [0, 2, 3, 0] } },
      invariant: ({ top }, { A, B }) =>
        ![A, B].includes((top as Int32Array)[0]) || `node ${(top as Int32Array)[0]} was popped and is on the stack`,
    });
    expect(report).toMatchObject({ verdict: 'violation', bound: 0 });
  });
});
