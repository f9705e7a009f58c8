import { afterAll, describe, expect, test } from 'vitest';
import { fold } from '../testing/fold.ts';
import { closeAgents, explore, formatReport, replay, type ExploreOptions } from '../index.ts';

const counters = new URL('../testing/fixtures/threads/counters.ts', import.meta.url);

afterAll(closeAgents);

describe('a replay', () => {
  const program = {
    module: counters,
    threads: { A: 'plainIncrement', B: 'plainIncrement' },
    memory: { count: 1 },
    expectRaces: 'allow' as const,
  };

  test('follows a written schedule', async () => {
    const report = await replay({ ...program, schedule: 'ABAB' });
    expect(report).toMatchObject({
      verdict: 'pass',
      preemptions: 2,
      followed: 4,
      left: false,
      demonstrated: true,
      outcomes: [{ memory: { count: [1] } }],
      token: 'c2:0x1,1x1,0x1,1x1',
    });
  });

  test('follows the token of a failure to the same failure', async () => {
    const invariant: ExploreOptions['invariant'] = ({ count }) => (count as Int32Array)[0] === 2;
    const found = await explore({ ...program, invariant });
    expect(await replay({ ...program, invariant, schedule: found.token! })).toMatchObject({
      verdict: 'violation',
      token: found.token,
      timeline: found.timeline,
    });
  });

  test('says where a schedule names a thread that cannot run', async () => {
    expect(fold(formatReport(await replay({ ...program, schedule: 'AAAB' })))).toMatchInlineSnapshot(`
      "pass: the run ends well

             A                B                     count
                                                        0
          1  read count → 0                    :15      0
          2  write count ← 1                   :15      1
          3                   read count → 1   :15      1
          4                   write count ← 2  :15      2

      1 schedule, replayed
      step 3 of the schedule names A, which has ended: the rest of the schedule was left, and the run went
          on without preemption
      run again on real threads: the same"
    `);
  });

  test('goes on where a schedule is too short', async () => {
    expect((await replay({ ...program, schedule: ['B'] })).notes).toEqual([
      'the schedule ends after step 1: from there the run went on without preemption',
    ]);
  });
});
