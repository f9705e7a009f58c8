// "Can this happen?", and the warning that nothing could.
import { afterAll, describe, expect, test } from 'vitest';
import { fold } from '../testing/fold.ts';
import { closeAgents, explore, formatReport, replay, type ExploreOptions } from '../index.ts';

const module = new URL('../testing/fixtures/threads/litmus.ts', import.meta.url);
type Words = Record<string, Int32Array>;

const memory = { x: 1, y: 1 };

afterAll(closeAgents);

const program = (A: string, B: string, rest: Partial<ExploreOptions> = {}): ExploreOptions => ({
  module,
  threads: { A, B },
  memory,
  ...rest,
});

describe('reachable', () => {
  test('shows the schedule that leads there, with the fewest preemptions', async () => {
    const options = program('writeXReadY', 'writeYReadX', { reachable: (_, { A, B }) => A === 1 && B === 1 });
    const report = await explore(options);
    expect(report).toMatchObject({ verdict: 'reached', reason: 'reached', demonstrated: true });
    expect(fold(formatReport(report))).toMatchInlineSnapshot(`
      "reached: a schedule leads to the state that \`reachable\` asks for

             A            B                 x  y
                                            0  0
          1  store x ← 1               :9   1  0
      ⇄   2               store y ← 1  :14  1  1
          3               load x → 1   :15  1  1
          4  load y → 1                :10  1  1

      schedule 3 of the search reaches it, with 1 preemption; no run with fewer reaches it
      run again on real threads: the same"
    `);
    expect(await replay({ ...options, schedule: report.token! })).toMatchObject({ verdict: 'reached' });
    expect(await replay({ ...options, schedule: 'AABB' })).toMatchObject({ verdict: 'pass' });
  });

  test('says that no schedule leads there, and what was covered', async () => {
    const report = await explore(
      program('writeXReadY', 'writeYReadX', { reachable: (_, { A, B }) => A === 0 && B === 0 }),
    );
    expect(report).toMatchObject({ verdict: 'pass', reason: 'exhausted' });
    expect(fold(formatReport(report))).toMatchInlineSnapshot(`
      "pass: no schedule leads to the state that \`reachable\` asks for
      6 schedules cover every run of 2 threads"
    `);
  });

  test('asks about states on the way, too', async () => {
    const report = await explore(
      program('onlyX', 'onlyY', { reachable: ({ x, y }: Words) => x![0] === 0 && y![0] === 1 }),
    );
    expect(report).toMatchObject({ verdict: 'reached', token: 'c0:1x1' });
  });

  test('judges nothing else: rules may break, threads sleep and spin forever', async () => {
    const rules = { invariant: () => false, always: () => false };
    expect(
      await explore(program('wake', 'sleepThenSet', { ...rules, reachable: ({ y }: Words) => y![0] === 1 })),
    ).toMatchObject({ verdict: 'reached', timeline: { rows: { length: 3 } } });
    expect(await explore(program('wake', 'sleepThenSet', { reachable: ({ y }: Words) => y![0] === 2 }))).toMatchObject({
      verdict: 'pass',
      reason: 'exhausted',
    });
    expect(await explore(program('onlyX', 'spin', { reachable: ({ x }: Words) => x![0] === 2 }))).toMatchObject({
      verdict: 'pass',
    });
  });

  test('leaves the question open where a body fails', async () => {
    expect(await explore(program('fail', 'look', { reachable: ({ x }: Words) => x![0] === 5 }))).toMatchObject({
      verdict: 'threw',
    });
  });

  test('leaves it open where a data race may do more', async () => {
    const racy = program('plainWriteXReadY', 'plainWriteYReadX', { reachable: (_, { A, B }) => A === 0 && B === 0 });
    const report = await explore(racy);
    expect(report).toMatchObject({ verdict: 'data race', notes: [expect.stringContaining("expectRaces: 'allow'")] });
    expect(await explore({ ...racy, expectRaces: 'allow' })).toMatchObject({ verdict: 'pass' });
  });

  test('finds by random schedules what is beyond the bound, and reports that', async () => {
    const options = program('writeXReadY', 'writeYReadX', { bound: 0, reachable: (_, { A, B }) => A === 1 && B === 1 });
    expect(await explore(options)).toMatchObject({ verdict: 'pass', reason: 'bound' });
    expect(fold((await explore({ ...options, random: 50 })).coverage)).toMatchInlineSnapshot(`
      "found among random schedules (number 1, seed 1) after 2 schedules with at most no preemption did not
          reach it"
    `);
  });

  test('passes on what the question itself throws', async () => {
    const reachable = () => {
      throw new RangeError('no such word');
    };
    await expect(explore(program('onlyX', 'onlyX', { reachable }))).rejects.toThrow('no such word');
  });
});

describe('a pass of threads that never contend', () => {
  const warning = expect.stringMatching(/^warning: no two threads use the same memory/) as string;

  test.each([
    ['onlyX', 'onlyY', [warning]],
    ['look', 'look', [warning]],
    ['onlyX', 'look', []],
    ['onlyX', 'onlyX', []],
  ])('%s beside %s: %j', async (A, B, notes) => {
    expect(await explore(program(A, B))).toMatchObject({ verdict: 'pass', notes });
  });

  test('is shown with a warning', async () => {
    expect(fold(formatReport(await explore(program('onlyX', 'onlyY'))))).toMatchInlineSnapshot(`
      "pass: no schedule fails
      2 schedules cover every run of 2 threads
      warning: no two threads use the same memory with one of them changing it, so all schedules are alike
          and this pass says nothing; check that the bodies use the memory that they are given"
    `);
  });

  test('has none with one thread', async () => {
    expect(await explore({ module, threads: { A: 'onlyX' }, memory })).toMatchObject({ verdict: 'pass', notes: [] });
  });
});
