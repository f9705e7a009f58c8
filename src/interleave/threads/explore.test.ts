// Real Workers: what a pass covers, and what is refused.
import { afterAll, describe, expect, test } from 'vitest';
import { fold } from '../testing/fold.ts';
import { closeAgents, explore, formatReport, type ErrorReason, type ExploreOptions } from '../index.ts';

const counters = new URL('../testing/fixtures/threads/counters.ts', import.meta.url);
const misbehaving = new URL('../testing/fixtures/threads/misbehaving.ts', import.meta.url);
const looking = new URL('../testing/fixtures/threads/looking.ts', import.meta.url);
const algorithms = new URL('../testing/fixtures/threads/broken-algorithms.ts', import.meta.url);

afterAll(closeAgents);

async function textOf(options: ExploreOptions): Promise<string> {
  return fold(formatReport(await explore(options), { replayCommand: 'npm run kata replay 13' }));
}

/** Two threads of a module's bodies over the word `flag`. */
function pair(A: string, B: string, module = misbehaving): ExploreOptions {
  return { module, threads: { A, B }, memory: { flag: 1 } };
}

describe('a pass', () => {
  test('says what was covered', async () => {
    expect(
      await textOf({
        module: counters,
        threads: [
          { name: 'A', body: 'atomicAdd', args: [5] },
          { name: 'B', body: 'atomicAdd', args: [5] },
        ],
        memory: { count: 1 },
        bound: 2,
      }),
    ).toMatchInlineSnapshot(`
      "pass: no schedule fails
      42 schedules cover every run of 2 threads with at most 2 preemptions; beyond that not covered"
    `);
  });

  test('says where the budget ended it', async () => {
    const threads = ['A', 'B'].map((name) => ({ name, body: 'atomicAdd', args: [5] }));
    expect(await textOf({ module: counters, threads, memory: { count: 1 }, budget: { schedules: 50 }, random: 20 }))
      .toMatchInlineSnapshot(`
        "pass: no schedule fails
        stopped after 50 schedules (the budget is 50 schedules): every run of 2 threads with at most 2
            preemptions is covered, those with 3 preemptions in part; 20 schedules beyond the bound, drawn with
            seed 1, did not fail"
      `);
  });

  test('says how many schedules were cut', async () => {
    const threads = ['A', 'B'].map((name) => ({ name, body: 'atomicAdd', args: [2] }));
    expect(await textOf({ module: counters, threads, memory: { count: 1 }, steps: 3, bound: 1 }))
      .toMatchInlineSnapshot(`
        "pass: no schedule fails
        4 schedules visit, as far as they go, every run of 2 threads with at most 1 preemption; beyond that
            not covered; 4 schedules cut at 3 steps, what would follow is not covered"
      `);
  });

  test('holds for a body that uses clocks and chance, which are the same in each run', async () => {
    expect(await explore(pair('readsTheClock', 'raises'))).toMatchObject({ verdict: 'pass' });
  });

  test('shows a body functions that look like those of Node, and a date of today', async () => {
    const report = await explore(pair('looksAround', 'looksAround', looking));
    expect(report.outcomes.map(({ returns }) => returns)).toEqual([{ A: '', B: '' }]);
  });

  test('lets time pass for a body that looks at the clock or waits with a timeout', async () => {
    expect(await explore({ ...pair('spinsThenSleeps', 'raisesAndWakes', looking), unbounded: true })).toMatchObject({
      verdict: 'pass',
      reason: 'exhausted',
    });
    const timed = await explore({ ...pair('looksAtTheClockAfterwards', 'raisesAndWakes', looking) });
    expect(timed.outcomes.map(({ returns }) => returns['A'])).toEqual([10_000, -1]);
  });

  test('holds for a body that swallows whatever is thrown through it', async () => {
    expect(await explore(pair('swallowsAll', 'raises'))).toMatchObject({ verdict: 'pass' });
  });
});

test('the same program and bound give the same report, byte for byte', async () => {
  const options: ExploreOptions = {
    module: algorithms,
    threads: ['A', 'B', 'C'].map((name) => ({ name, body: 'forgetsSleepers' })),
    memory: { lock: 1, count: 1 },
  };
  const first = JSON.stringify(await explore(options));
  expect(JSON.stringify(await explore(options))).toBe(first);
  closeAgents();
  expect(JSON.stringify(await explore(options))).toBe(first);
});

describe('a program that cannot be explored', () => {
  test.each<[string, ErrorReason, ExploreOptions, RegExp]>([
    [
      'lacks a body',
      'missing-export',
      { module: misbehaving, threads: { A: 'nope' }, memory: { flag: 1 } },
      /^Thread A wants the function `nope` of file:.*misbehaving\.ts, but it exports asserts, .*: export it, or /,
    ],
    [
      'is not there',
      'module-load-failed',
      { module: './nowhere.ts', threads: { A: 'nope' }, memory: { flag: 1 } },
      /^The module file:.*nowhere\.ts cannot be imported: Error: Cannot find module/,
    ],
    [
      'does not parse',
      'module-load-failed',
      {
        module: new URL('data:text/javascript,export function broken( {'),
        threads: { A: 'nope' },
        memory: { flag: 1 },
      },
      /^The module data:.* cannot be imported: SyntaxError: /,
    ],
    [
      'ends the process while it is imported',
      'module-load-failed',
      {
        module: new URL('../testing/fixtures/threads/exits-at-import.ts', import.meta.url),
        threads: { A: 'nope' },
        memory: { flag: 1 },
      },
      /cannot be imported: Error: the module called process\.exit\(4\) while it was imported$/,
    ],
    [
      'names no memory',
      'invalid-option',
      { module: misbehaving, threads: { A: 'raises' }, memory: {} },
      /^`memory` must name at least one word/,
    ],
    [
      'has memory of no integer type',
      'invalid-option',
      { module: misbehaving, threads: { A: 'raises' }, memory: { flag: { type: 'Float64Array' as 'Int32Array' } } },
      /^`memory\.flag` must be a length .* got type "Float64Array"\.$/,
    ],
    [
      'has a thread without a body',
      'invalid-option',
      { module: misbehaving, threads: { A: null as unknown as string }, memory: { flag: 1 } },
      /^Thread A must be the name of an exported function \(or a function\), got null\.$/,
    ],
  ])('%s: %s', async (_title, reason, options, message) => {
    await expect(explore(options)).rejects.toMatchObject({ reason, message: expect.stringMatching(message) as string });
  });
});

describe('the reason', () => {
  const increments = (options: Partial<ExploreOptions>): ExploreOptions => ({
    module: counters,
    threads: ['A', 'B'].map((name) => ({ name, body: 'atomicAdd', args: [2] })),
    memory: { count: 1 },
    ...options,
  });

  test.each<[string, ExploreOptions]>([
    ['exhausted', increments({ unbounded: true })],
    ['bound', increments({ bound: 1 })],
    ['budget-schedules', increments({ budget: { schedules: 3 } })],
    ['step-limit', increments({ steps: 3 })],
    ['invariant', increments({ invariant: () => false })],
    ['always', increments({ always: () => 'never' })],
    ['assertion', pair('asserts', 'raises')],
    ['thrown', pair('throwsSecond', 'throwsSecond')],
    ['not-implemented', pair('isNotImplemented', 'raises')],
    ['process-exit', pair('exits', 'raises')],
    ['return-value', pair('promises', 'raises')],
    ['deadlock', pair('sleepsForEver', 'asserts')],
    ['livelock', pair('spinsForEver', 'spinsForEver')],
  ])('%s', async (reason, options) => {
    expect((await explore(options)).reason).toBe(reason);
  });

  test('comes with the error that a body threw, as data', async () => {
    const { thrown } = await explore(pair('isNotImplemented', 'raises'));
    expect(thrown).toMatchObject({ name: 'Error', message: 'lock is for you to write', code: 'ERR_NOT_IMPLEMENTED' });
    expect(thrown?.file).toBe(misbehaving.href);
    expect(thrown?.line).toBeGreaterThan(100);
  });
});
