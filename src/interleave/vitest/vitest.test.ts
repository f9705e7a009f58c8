import { afterAll, describe, expect, test, vi } from 'vitest';
import { closeAgents, closePromiseAgents } from '../index.ts';
import type { PromiseProgram, ThreadProgram } from '../index.ts';
import { fold } from '../testing/fold.ts';
import type { ExploredProgram } from './index.ts';
import './index.ts';

afterAll(async () => {
  closeAgents();
  await closePromiseAgents();
});

/** Two threads that count to 2. */
function counting(body: string): ThreadProgram {
  return {
    module: new URL('../testing/fixtures/threads/counters.ts', import.meta.url),
    threads: ['A', 'B'].map((name) => ({ name, body, args: [1] })),
    memory: { count: 1 },
    invariant: ({ count }: Record<string, Int32Array>) => count![0] === 2 || `count is ${count![0]}, wanted 2`,
  };
}

/** Two tasks that use a mutex of the fixtures. */
const locking = (mutex: 'Queue' | 'TestThenSet'): PromiseProgram => ({
  module: new URL('../testing/fixtures/promises/mutexes.ts', import.meta.url),
  scenario: 'critical',
  args: [mutex, 2],
});

/** @returns the message with which an expectation fails */
async function messageOf(expectation: Promise<void>): Promise<string> {
  const failed: unknown = await expectation.then(
    () => undefined,
    (error: unknown) => error,
  );
  return fold((failed as Error).message);
}

describe('toHoldInEverySchedule', () => {
  test('passes where no schedule fails, and with `.not` where one does', async () => {
    await expect(counting('atomicAdd')).toHoldInEverySchedule();
    await expect(counting('loadThenStore')).not.toHoldInEverySchedule();
  });

  test('takes programs of promises, too', async () => {
    expect(await messageOf(expect(locking('TestThenSet')).toHoldInEverySchedule())).toMatchInlineSnapshot(`
      "violation: 2 tasks are inside at once

             A     B               inside
                                        0
          1  take                       1
      ⇄   2        take                 2

      3 orders tried, those with fewest switches first, up to the one that fails (1 switch).
      replay: await expect(program).toHoldInEverySchedule({ schedule: 'p1:0,1' })"
    `);
    await expect(locking('TestThenSet')).not.toHoldInEverySchedule({ schedule: 'p1:0,1,0,1' });
  });

  test('prints the warnings of a report that passes', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    await expect(locking('Queue')).toHoldInEverySchedule();
    expect(warn.mock.calls).toEqual([[expect.stringContaining('no schedule had a choice')]]);
    warn.mockRestore();
  });

  test('fails with the report, its timeline, and the line that replays it', async () => {
    const program = counting('loadThenStore');
    expect(await messageOf(expect(program).toHoldInEverySchedule())).toMatchInlineSnapshot(`
      "violation: count is 1, wanted 2

             A                B                     count
                                                        0
          1  load count → 0                    :10      0
      ⇄   2                   load count → 0   :10      0
          3                   store count ← 1  :10      1
          4  store count ← 1                   :10      1

      schedule 3 of the search fails, with 1 preemption; no run with fewer fails
      run again on real threads: the same
      replay: await expect(program).toHoldInEverySchedule({ schedule: 'c1:0x1,1x2,0x1' })"
    `);
    expect(await messageOf(expect(program).toHoldInEverySchedule({ schedule: 'c1:0x1,1x2,0x1' }))).toContain(
      'count is 1, wanted 2',
    );
    await expect(program).toHoldInEverySchedule({ schedule: 'c0:0x2,1x2' });
  });

  test('with `.not` fails by showing what was covered', async () => {
    expect(await messageOf(expect(counting('atomicAdd')).not.toHoldInEverySchedule())).toMatchInlineSnapshot(`
      "Expected a schedule that fails, but none does.
      pass: no schedule fails
      2 schedules cover every run of 2 threads"
    `);
  });

  test('holds within a bound only as far as that goes', async () => {
    await expect(counting('loadThenStore')).toHoldInEverySchedule({ bound: 0 });
    await expect(counting('atomicAdd')).toHoldInEverySchedule({ unbounded: true });
  });

  test('fails, with and without `.not`, where the budget ends the search', async () => {
    const options = { budget: { schedules: 1 } };
    const sentence = 'Not every schedule was visited: the budget ended the search; raise `budget`, or lower `bound`.';
    expect(await messageOf(expect(counting('atomicAdd')).toHoldInEverySchedule(options))).toContain(sentence);
    expect(await messageOf(expect(counting('atomicAdd')).not.toHoldInEverySchedule(options))).toContain(sentence);
  });

  test('says what it takes', async () => {
    const nothing = {} as ExploredProgram;
    expect(await messageOf(expect(nothing).toHoldInEverySchedule())).toMatchInlineSnapshot(`
      "Expected a program with \`threads\` and \`memory\`, as for explore, or with \`module\` and \`scenario\`, as
          for explorePromises; got {}."
    `);
  });
});
