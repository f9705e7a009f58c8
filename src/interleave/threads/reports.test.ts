// Real Workers: each verdict with the exact text that a person reads.
import { afterAll, describe, expect, test } from 'vitest';
import { closeAgents, explore, formatReport, replay } from '../index.ts';
import type { ExploreOptions } from './index.ts';

const counters = new URL('../testing/fixtures/threads/counters.ts', import.meta.url);
const misbehaving = new URL('../testing/fixtures/threads/misbehaving.ts', import.meta.url);
const algorithms = new URL('../testing/fixtures/threads/broken-algorithms.ts', import.meta.url);

afterAll(closeAgents);

async function textOf(options: ExploreOptions): Promise<string> {
  return formatReport(await explore(options), { replayCommand: 'npm run kata replay 13' });
}

/** Two lanes of misbehaving bodies over the word `flag`. */
function pair(A: string, B: string): ExploreOptions {
  return { module: misbehaving, threads: { A, B }, memory: { flag: 1 } };
}

describe('the text of a failure', () => {
  test('violation, and the data race beside it', async () => {
    const invariant: ExploreOptions['invariant'] = ({ count }) =>
      (count as Int32Array)[0] === 2 || `count is ${(count as Int32Array)[0]}, wanted 2`;
    expect(
      await textOf({
        module: counters,
        threads: { A: 'plainIncrement', B: 'plainIncrement' },
        memory: { count: 1 },
        invariant,
      }),
    ).toMatchInlineSnapshot(`
      "violation: count is 1, wanted 2

             A                     B                     count
                                                             0
          1  read count → 0   :15                            0
      ⇄   2                        read count → 0   :15      0
          3                        write count ← 1  :15      1
          4  write count ← 1  :15                            1

      schedule 3 of the search fails, with 1 preemption; no run with fewer fails
      beside it a data race: A's plain write of count at step 2 and B's plain read of count at step 3 are not ordered by any atomic operation between them (c0:0*2,1*1)
      run again on real threads: the same
      replay: npm run kata replay 13 c1:0*1,1*2,0*1"
    `);
  });

  test('violation by an assertion in a body', async () => {
    expect(await textOf(pair('asserts', 'raises'))).toMatchInlineSnapshot(`
      "violation: A asserts: the flag was down (misbehaving.ts:101)

             A                          B                               flag
                                                                           0
          1                             store flag ← 1             :42     1
          2                             notify flag: wakes nobody  :43     1
          3  exchange flag 1 → 1  :101                                     1

      schedule 2 of the search fails, without any preemption
      run again on real threads: the same
      replay: npm run kata replay 13 c0:1*2,0*1"
    `);
  });

  test('data race where every schedule ends well', async () => {
    expect(
      await textOf({
        module: misbehaving,
        threads: { A: 'writesPlainly', B: 'readsPlainly' },
        memory: { flag: 1, data: 1 },
      }),
    ).toMatchInlineSnapshot(`
      "data race: A's plain write of data at step 2 and B's plain read of data at step 4 are not ordered by any atomic operation between them

             A                      B                     flag  data
                                                             0     0
          1  store flag ← 1   :106                           1     0
          2  write data ← 42  :107                           1    42
          3                         load flag → 1   :112     1    42
          4                         read data → 42  :112     1    42

      4 schedules cover every run of 2 threads
      run again on real threads: the same
      replay: npm run kata replay 13 c0:0*2,1*2"
    `);
  });

  test('deadlock', async () => {
    const threads = [0, 1].map((lane) => ({ name: 'AB'[lane]!, body: 'leftForkFirst', args: [lane, 2] }));
    expect(await textOf({ module: algorithms, threads, memory: { forks: 2 } })).toMatchInlineSnapshot(`
      "deadlock: thread A sleeps for ever on forks[1] (= 1), thread B sleeps for ever on forks[0] (= 1)

             A                                   B                                   forks[0]  forks[1]
                                                                                            0         0
          1  cas forks[0] 0→1               :89                                             1         0
      ⇄   2                                      cas forks[1] 0→1               :89         1         1
          3                                      cas forks[0] 0→1 fails (is 1)  :89         1         1
          4                                      wait forks[0] (= 1): sleeps    :89         1         1
          5  cas forks[1] 0→1 fails (is 1)  :89                                             1         1
          6  wait forks[1] (= 1): sleeps    :89                                             1         1

      schedule 3 of the search fails, with 1 preemption; no run with fewer fails
      run again on real threads: the same
      replay: npm run kata replay 13 c1:0*1,1*3,0*2"
    `);
  });

  test('lost wake-up', async () => {
    expect(
      await textOf({
        module: misbehaving,
        threads: { A: 'raisesThenRings', B: 'looksThenSleeps' },
        memory: { flag: 1, bell: 1 },
      }),
    ).toMatchInlineSnapshot(`
      "deadlock (lost wake-up): thread B sleeps for ever on bell (= 0); A's notify at step 3 woke nobody, B fell asleep at step 4

             A                               B                             flag  bell
                                                                              0     0
          1                                  load flag → 0            :48     0     0
      ⇄   2  store flag ← 1             :53                                   1     0
          3  notify bell: wakes nobody  :54                                   1     0
          4                                  wait bell (= 0): sleeps  :48     1     0

      schedule 4 of the search fails, with 1 preemption; no run with fewer fails
      run again on real threads: the same
      replay: npm run kata replay 13 c1:1*1,0*2,1*1"
    `);
  });

  test('livelock', async () => {
    expect(await textOf({ module: misbehaving, threads: { A: 'spinsForEver' }, memory: { flag: 1 } }))
      .toMatchInlineSnapshot(`
      "livelock: nothing changes any more: A reads flag (= 0) over and over, and nobody else can run

             A                   flag
                                    0
          1  load flag → 0  :30     0
          2  load flag → 0  :30     0
          3  load flag → 0  :30     0
          4  load flag → 0  :30     0
          5  load flag → 0  :30     0
          6  load flag → 0  :30     0
          7  load flag → 0  :30     0
          8  load flag → 0  :30     0
          9  load flag → 0  :30     0
         10  load flag → 0  :30     0

      schedule 1 of the search fails, without any preemption
      run again on real threads: the same
      replay: npm run kata replay 13 c0:0*10"
    `);
  });

  test('uncontrolled access', async () => {
    expect(await textOf(pair('writesInSecret', 'raises'))).toMatchInlineSnapshot(`
      "uncontrolled access: flag changed from 0 to 7 without a visible step, while A ran (misbehaving.ts:62)

             A                   B    flag
                                         0
          1  load flag → 0  :59          0

      schedule 1 of the search fails, without any preemption
      replay: npm run kata replay 13 c0:0*1"
    `);
  });

  test('stuck', async () => {
    expect(await textOf(pair('endless', 'raises'))).toMatchInlineSnapshot(`
      "stuck: thread A ran on for 1500 ms without a visible step after misbehaving.ts:11

             A                    B    flag
                                          0
          1  store flag ← 1  :11          1

      schedule 1 of the search fails, without any preemption
      replay: npm run kata replay 13 c0:0*1"
    `);
  });

  test('threw', async () => {
    expect(await textOf(pair('throwsSecond', 'throwsSecond'))).toMatchInlineSnapshot(`
      "threw: thread B: RangeError: the flag is up (misbehaving.ts:25)

             A                         B                         flag
                                                                    0
          1  exchange flag 1 → 0  :25                               1
          2                            exchange flag 1 → 1  :25     1

      schedule 1 of the search fails, without any preemption
      run again on real threads: the same
      replay: npm run kata replay 13 c0:0*1,1*1"
    `);
  });

  test('ended the process', async () => {
    expect(await textOf(pair('exits', 'raises'))).toMatchInlineSnapshot(`
      "threw: thread A called process.exit(3) (misbehaving.ts:20)

             A                    B    flag
                                          0
          1  store flag ← 1  :19          1

      schedule 1 of the search fails, without any preemption
      run again on real threads: the same
      replay: npm run kata replay 13 c0:0*1"
    `);
  });

  test('returned a promise', async () => {
    expect(await textOf(pair('promises', 'raises'))).toMatchInlineSnapshot(`
      "threw: thread A: it returned a promise, but a thread body must be synchronous (Atomics.wait sleeps, it does not await)

             A                    B    flag
                                          0
          1  store flag ← 1  :88          1

      schedule 1 of the search fails, without any preemption
      run again on real threads: the same
      replay: npm run kata replay 13 c0:0*1"
    `);
  });

  test('not deterministic', async () => {
    expect(await textOf(pair('changesItsMind', 'readsTheClock'))).toMatchInlineSnapshot(`
      "not deterministic: thread A does not do the same each time: its step 1 was \`store flag ← 1\` in one run and \`store flag ← 3\` in another, with the same results before it

             A                     B                      flag
                                                             0
          1  store flag ← 1                                  1
      ⇄   2                        store flag ← 588  :95   588
          3  load flag → 588  :71                          588

      schedule 3 of the search fails, with 1 preemption; no run with fewer fails
      replay: npm run kata replay 13 c1:0*1,1*1,0*1"
    `);
  });
});

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
      stopped after 50 schedules (the budget is 50 schedules): every run of 2 threads with at most 2 preemptions is covered, those with 3 preemptions in part; 20 schedules beyond the bound, drawn with seed 1, did not fail"
    `);
  });

  test('says how many schedules were cut', async () => {
    const threads = ['A', 'B'].map((name) => ({ name, body: 'atomicAdd', args: [2] }));
    expect(await textOf({ module: counters, threads, memory: { count: 1 }, steps: 3, bound: 1 }))
      .toMatchInlineSnapshot(`
      "pass: no schedule fails
      4 schedules visit, as far as they go, every run of 2 threads with at most 1 preemption; beyond that not covered; 4 schedules cut at 3 steps, what would follow is not covered"
    `);
  });

  test('holds for a body that uses clocks and chance, which are the same in each run', async () => {
    expect(await explore(pair('readsTheClock', 'raises'))).toMatchObject({ verdict: 'pass' });
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
      token: 'c2:0*1,1*1,0*1,1*1',
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
    expect(formatReport(await replay({ ...program, schedule: 'AAAB' }))).toMatchInlineSnapshot(`
      "pass: the run ends well

             A                     B                     count
                                                             0
          1  read count → 0   :15                            0
          2  write count ← 1  :15                            1
          3                        read count → 1   :15      1
          4                        write count ← 2  :15      2

      1 schedule, replayed
      step 3 of the schedule names A, which has ended: the rest of the schedule was left, and the run went on without preemption
      run again on real threads: the same"
    `);
  });

  test('goes on where a schedule is too short', async () => {
    expect((await replay({ ...program, schedule: ['B'] })).notes).toEqual([
      'the schedule ends after step 1: from there the run went on without preemption',
    ]);
  });
});

describe('a program that cannot be explored', () => {
  test.each<[string, ExploreOptions, RegExp]>([
    [
      'lacks a body',
      { module: misbehaving, threads: { A: 'nope' }, memory: { flag: 1 } },
      /^Thread A wants the function `nope` of file:.*misbehaving\.ts, but it exports asserts, .*: export it, or name another\.$/,
    ],
    [
      'is not there',
      { module: './nowhere.ts', threads: { A: 'nope' }, memory: { flag: 1 } },
      /^The module file:.*nowhere\.ts cannot be imported: Error: Cannot find module/,
    ],
    [
      'does not parse',
      {
        module: new URL('data:text/javascript,export function broken( {'),
        threads: { A: 'nope' },
        memory: { flag: 1 },
      },
      /^The module data:.* cannot be imported: SyntaxError: /,
    ],
    [
      'ends the process while it is imported',
      {
        module: new URL('../testing/fixtures/threads/exits-at-import.ts', import.meta.url),
        threads: { A: 'nope' },
        memory: { flag: 1 },
      },
      /cannot be imported: Error: the module called process\.exit\(4\) while it was imported$/,
    ],
    [
      'names no memory',
      { module: misbehaving, threads: { A: 'raises' }, memory: {} },
      /^`memory` must name at least one word/,
    ],
    [
      'has memory of no integer type',
      { module: misbehaving, threads: { A: 'raises' }, memory: { flag: { type: 'Float64Array' as 'Int32Array' } } },
      /^`memory\.flag` must be a length .* got type "Float64Array"\.$/,
    ],
    [
      'has a thread without a body',
      { module: misbehaving, threads: { A: null as unknown as string }, memory: { flag: 1 } },
      /^Thread A must be the name of an exported function \(or a function\), got null\.$/,
    ],
  ])('%s', async (_title, options, sentence) => {
    await expect(explore(options)).rejects.toThrow(sentence);
  });
});
