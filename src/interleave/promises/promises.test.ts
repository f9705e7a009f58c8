import { afterAll, describe, expect, test } from 'vitest';
import { closePromiseAgents, explorePromises, replayPromises, type PromiseReport } from './index.ts';

const fixture = (name: string) => new URL(`../testing/fixtures/promises/${name}.ts`, import.meta.url);
const counting = fixture('counting');
const mutexes = fixture('mutexes');
const mishaps = fixture('mishaps');
const states = (report: PromiseReport, word: string) =>
  report.outcomes.map(({ state, schedules }) => [state[word], schedules]);

afterAll(closePromiseAgents);

describe('counts', () => {
  test.each([
    [[1, 1], 2],
    [[2, 2], 6],
    [[3, 3], 20],
    [[2, 2, 2], 90],
    [[3, 1], 4],
    [[5], 1],
    [[4, 4], 70],
    [[1, 1, 1, 1], 24],
  ])('tasks of %j operations have %i orders, each visited once', async (lengths, orders) => {
    const report = await explorePromises({ module: counting, scenario: 'independent', args: [lengths] });
    expect(report).toMatchObject({ verdict: 'pass', schedules: orders, complete: true, failures: 0 });
    expect(report.outcomes).toHaveLength(orders);
    expect(report.steps).toBe(orders * lengths.reduce((sum, length) => sum + length));
  });

  test.each([
    [[3], 6],
    [[2, 2], 24],
  ])('tasks that begin %j operations at once have %i orders', async (lengths, orders) => {
    const report = await explorePromises({ module: counting, scenario: 'fanOut', args: [lengths] });
    expect([report.schedules, report.outcomes.length]).toEqual([orders, orders]);
  });

  test('starts that are choices as well count as one more operation a task', async () => {
    const report = await explorePromises({
      module: counting,
      scenario: 'independent',
      args: [[1, 1]],
      starts: 'any time',
    });
    expect(report.schedules).toBe(6);
  });

  test.each([
    [0, 2],
    [1, 4],
    [2, 6],
  ])('with at most %i switches, 2 × 2 has %i orders', async (bound, orders) => {
    const report = await explorePromises({ module: counting, scenario: 'independent', args: [[2, 2]], bound });
    expect([report.schedules, report.complete]).toEqual([orders, orders === 6]);
  });

  test('says what a bound leaves out, and what a budget does', async () => {
    const bounded = await explorePromises({ module: counting, scenario: 'independent', args: [[3, 3]], bound: 1 });
    expect(bounded.coverage).toBe('6 orders are every order with at most 1 switch; beyond that not covered.');
    const cut = await explorePromises({
      module: counting,
      scenario: 'independent',
      args: [[3, 3]],
      budget: { schedules: 5 },
    });
    expect([cut.coverage, cut.sentence, cut.complete]).toEqual([
      '5 orders tried before the budget was used up; those with 1 switch or more not all covered.',
      'No failing order among the 5 that were tried.',
      false,
    ]);
    const short = await explorePromises({ module: counting, scenario: 'independent', args: [[3, 3]], steps: 5 });
    expect([short.cut, short.complete, short.coverage]).toEqual([
      short.schedules,
      false,
      expect.stringContaining('cut at the step limit'),
    ]);
  });
});

describe('lost update', () => {
  const deposits = { module: counting, scenario: 'deposits', args: [[50, 20]] };

  test('finds the order with one switch, and shows it', async () => {
    const report = await explorePromises(deposits);
    expect(report).toMatchObject({
      verdict: 'violation',
      sentence: 'the balance is 150, wanted 170',
      token: 'p1:0,1x2,0',
      schedules: 3,
      failures: 1,
    });
    expect(report.timeline).toEqual({
      lanes: ['A', 'B'],
      words: ['balance'],
      initial: [100],
      rows: [
        { step: 1, lane: 0, text: 'read → 100', preemption: false, values: [100] },
        { step: 2, lane: 1, text: 'read → 100', preemption: true, values: [100] },
        { step: 3, lane: 1, text: 'write 120', preemption: false, values: [120] },
        { step: 4, lane: 0, text: 'write 150', preemption: false, values: [150] },
      ].map((row) => ({ ...row, file: undefined, line: undefined })),
    });
  });

  test('counts the orders that fail, and how each ends', async () => {
    const report = await explorePromises({ ...deposits, countAll: true });
    expect([report.schedules, report.failures]).toEqual([6, 4]);
    expect(states(report, 'balance')).toEqual([
      [120, 2],
      [150, 2],
      [170, 2],
    ]);
    expect(report.coverage).toBe('All 6 orders are covered (4 steps each); 4 of them fail.');
  });

  test('gives the same report each time, byte for byte, in a warm agent and in a new one', async () => {
    const texts = [];
    for (let round = 0; round < 4; round++) {
      if (round === 2) await closePromiseAgents();
      texts.push(JSON.stringify(await explorePromises({ ...deposits, countAll: true })));
    }
    expect(new Set(texts).size).toBe(1);
  });

  test('shows the lines of the file that is asked for', async () => {
    const report = await explorePromises({ ...deposits, source: counting });
    const lines = report.timeline?.rows.map(({ line }) => line) ?? [];
    expect(report.timeline?.rows[0]?.file).toBe(counting.href);
    expect([lines[0], lines[3]]).toEqual([lines[1], lines[2]]);
    expect(lines[2]).toBe((lines[0] as number) + 1);
  });
});

describe('replay', () => {
  const deposits = { module: counting, scenario: 'deposits', args: [[50, 20]] };

  test.each([['ABAB'], ['A B A B'], [' AB, AB'], [['A', 'B', 'A', 'B']], ['p1:0,1,0,1'], ['p1:0x1,1,0,1*1']])(
    'takes %j',
    async (schedule) => {
      const report = await replayPromises({ ...deposits, schedule });
      expect(report).toMatchObject({
        verdict: 'violation',
        sentence: 'the balance is 120, wanted 170',
        token: 'p1:0,1,0,1',
        schedules: 1,
        notes: [],
      });
    },
  );

  test('a token leads to the same timeline', async () => {
    const { token = '', timeline } = await explorePromises(deposits);
    expect((await replayPromises({ ...deposits, schedule: token })).timeline).toEqual(timeline);
  });

  test('a passing schedule passes', async () => {
    expect(await replayPromises({ ...deposits, schedule: 'AABB' })).toMatchObject({
      verdict: 'pass',
      sentence: 'The schedule of 4 steps ends as it should.',
      token: 'p1:0x2,1x2',
    });
  });

  test('says where a schedule names a lane that cannot go on, is too short or too long', async () => {
    const notes = async (schedule: string) => (await replayPromises({ ...deposits, schedule })).notes;
    expect(await notes('AAABB')).toEqual([
      'Entry 3 of the schedule names A, which has nothing pending there; only B could go on. It was passed over.',
    ]);
    expect(await notes('AB')).toEqual([
      'The schedule was at its end after 2 of 4 steps; the rest was done without switching.',
    ]);
    expect(await notes('AABBAB')).toEqual(['The schedule has 6 entries, and all had ended after 4.']);
  });

  test.each([
    ['AXB', 'Step 2 of the schedule names "X", wanted one of A, B; write for example AABB.'],
    [
      'p1:7',
      'The token p1:7 has the part "7", wanted a lane from 0 to 1 such as 0x2; copy the whole token from the report.',
    ],
    ['p9:0', 'The token p9:0 is of another version, wanted one that begins with p1:; explore again to get a new one.'],
  ])('refuses %j in a sentence', async (schedule, sentence) => {
    await expect(replayPromises({ ...deposits, schedule })).rejects.toThrow(sentence);
  });
});

describe('mutexes', () => {
  test.each([
    ['Chain', 2],
    ['Queue', 2],
    ['Chain', 3],
    ['Queue', 3],
    ['Polling', 2],
  ])('%s is right for %i tasks', async (kind, tasks) => {
    const report = await explorePromises({
      module: mutexes,
      scenario: 'critical',
      args: [kind, tasks],
      starts: 'any time',
    });
    expect(report).toMatchObject({ verdict: 'pass', cut: 0 });
  });

  test('a lock that tests, waits and then sets lets two in', async () => {
    const report = await explorePromises({ module: mutexes, scenario: 'critical', args: ['TestThenSet', 2] });
    expect(report).toMatchObject({ verdict: 'violation', sentence: '2 tasks are inside at once', token: 'p1:0,1' });
    expect(report.timeline?.rows.map(({ text, values }) => [text, values[0]])).toEqual([
      ['take', 1],
      ['take', 2],
    ]);
  });

  test('a lock that forgets its waiters ends in a deadlock', async () => {
    const report = await explorePromises({
      module: mutexes,
      scenario: 'critical',
      args: ['Forgetful', 2],
      starts: 'any time',
    });
    expect(report.verdict).toBe('deadlock');
    expect(report.sentence).toBe(
      'B waits forever after step 2, "starts", and nothing is pending that could end the wait.',
    );
  });
});

describe('mishaps, each with its text', () => {
  test.each([
    ['throws', 'threw', 'thrown', /^A threw TypeError: no such account \(mishaps\.ts:14\)\.$/],
    ['asserts', 'violation', 'assertion', /^A threw AssertionError: one is not two \(mishaps\.ts:19\)\.$/],
    [
      'rejectsUnseen',
      'unhandled rejection',
      'unhandled-rejection',
      /^A promise was rejected with Error: lost \(mishaps\.ts:24\) and nobody handled it\.$/,
    ],
    ['throwsInTimer', 'threw', 'thrown', /^A timer callback of A threw Error: late \(mishaps\.ts:31\)\.$/],
    ['exits', 'threw', 'process-exit', /^A called process\.exit\(3\) \(mishaps\.ts:39\)\.$/],
    ['exitsReally', 'threw', 'agent-ended', /^The code ended its own thread with exit code 4\.$/],
    [
      'hoards',
      'threw',
      'agent-ended',
      /^The agent was ended by Error: Worker terminated due to reaching memory limit: JS heap out of memory\.$/,
    ],
    [
      'crossed',
      'deadlock',
      'deadlock',
      /^A and B wait forever after step 1, "work", line 85, and nothing is pending that could end the wait\.$/,
    ],
    [
      'readsFile',
      'uncontrolled access',
      'uncontrolled-access',
      /^A waited for something that the explorer does not control.*; make it an operation of the world\.$/,
    ],
    [
      'waitsForASocket',
      'uncontrolled access',
      'uncontrolled-access',
      /^A waited for something that the explorer does not control \(.*TCP.*\); make it an operation of the world\.$/,
    ],
    [
      'waitsWhileAFileIsRead',
      'deadlock',
      'deadlock',
      /^A waits forever, and nothing is pending that could end the wait\.$/,
    ],
    [
      'keepsState',
      'not deterministic',
      'not-deterministic',
      /^The code did not do the same again: .*, other operations were pending before step 1; look for state kept/,
    ],
    ['pollsForEver', 'livelock', 'livelock', /^A and B went on polling for 200 steps and nothing changed\.$/],
    [
      'isNotImplemented',
      'threw',
      'not-implemented',
      /^A threw Error: withdraw is for you to write \(mishaps\.ts:\d+\)\.$/,
    ],
  ])('%s: %s, %s', async (scenario, verdict, reason, sentence) => {
    const report = await explorePromises({ module: mishaps, scenario, source: mishaps, stuckAfter: 20_000 });
    expect([report.verdict, report.reason]).toEqual([verdict, reason]);
    expect(report.sentence).toMatch(sentence);
  });

  test('a body that never comes back is ended, told, and shown up to that step', async () => {
    const report = await explorePromises({ module: mishaps, scenario: 'spins', stuckAfter: 300 });
    expect(report).toMatchObject({
      verdict: 'stuck',
      sentence: 'A ran on after step 1 for 300 ms without giving the event loop back.',
      token: 'p1:0',
    });
    expect(report.timeline?.rows.map(({ step, lane, text }) => [step, lane, text])).toEqual([[1, 0, 'read']]);
  });

  test.each([
    ['spinsInMicrotasks', 'A ran on after step 1 for 300 ms without giving the event loop back.'],
    ['spinsAtStart', 'B ran on from its start for 300 ms without giving the event loop back.'],
    ['spinsInScene', 'The scenario ran on for 300 ms without giving the event loop back.'],
  ])('%s', async (scenario, sentence) => {
    expect(await explorePromises({ module: mishaps, scenario, stuckAfter: 300 })).toMatchObject({
      verdict: 'stuck',
      sentence,
    });
  });

  test('goes on as before after an agent had to be ended', async () => {
    expect(await explorePromises({ module: mishaps, scenario: 'refuses' })).toMatchObject({
      verdict: 'pass',
      schedules: 1,
    });
  });

  test.each(['pollsTillSet', 'pollsBesideItsOwnWork', 'pollsUpToATime'])(
    'polling that comes to an end is no livelock: %s',
    async (scenario) => {
      const report = await explorePromises({ module: mishaps, scenario });
      expect(report).toMatchObject({ verdict: 'pass', complete: false, cut: 0 });
      expect(report.coverage).toContain('a lane that polls passes another at most three times');
    },
  );

  test('what a task prints stands in its lane', async () => {
    const report = await explorePromises({ module: mishaps, scenario: 'prints' });
    expect(report.timeline?.rows.map(({ step, lane, text }) => [step, lane, text])).toEqual([
      [1, 0, 'read → 1'],
      [undefined, 0, 'log: balance { of: 1 }'],
      [2, 1, 'other'],
    ]);
  });

  test('an operation that nobody waits for is counted, and settles after the end', async () => {
    const report = await explorePromises({ module: mishaps, scenario: 'floats' });
    expect([report.leftovers, states(report, 'balance')]).toEqual([1, [[1, 1]]]);
  });
});

describe('a killed task', () => {
  const killing = fixture('killing');
  const ends = (report: PromiseReport) =>
    report.outcomes.map(({ state }) => [state['done'], state['returned']].join(': ')).sort();

  test('ends at every point of its way, and what it had pending never takes effect', async () => {
    const report = await explorePromises({ module: killing, scenario: 'atAnyStep', args: [3] });
    expect(report).toMatchObject({ verdict: 'pass', complete: true, schedules: 4, leftovers: 0 });
    expect(ends(report)).toEqual(['1: nothing', '2: nothing', '3: A', ': nothing']);
  });

  test('that has not started never starts', async () => {
    const report = await explorePromises({
      module: killing,
      scenario: 'atAnyStep',
      args: [1],
      starts: 'any time',
    });
    expect(ends(report)).toEqual(['1: A', ': nothing']);
    expect(report.complete).toBe(true);
  });

  test('takes its timers with it, and what it awaits from other tasks', async () => {
    const report = await explorePromises({ module: killing, scenario: 'withTimers' });
    expect([report.verdict, report.timers, ends(report)]).toEqual(['pass', 0, [': ']]);
  });

  test("may kill itself, and its error after that is nobody's", async () => {
    const report = await explorePromises({ module: killing, scenario: 'itself' });
    expect([report.verdict, ends(report)]).toEqual(['pass', ['before: ']]);
  });

  test('leaves those that wait for it in a deadlock, whose timeline shows the kill', async () => {
    const report = await explorePromises({ module: killing, scenario: 'awaited' });
    expect(report).toMatchObject({
      verdict: 'deadlock',
      sentence: expect.stringMatching(/^B waits forever/) as string,
    });
    expect(report.timeline?.rows.map(({ lane, text }) => [lane, text])).toContainEqual([0, 'is killed']);
  });

  test('must be a task of the scene', async () => {
    const report = await explorePromises({ module: killing, scenario: 'unknown' });
    expect(report.sentence).toMatch('There is no task named "Z"; give the name of a task of the scene.');
  });
});

describe('timers', () => {
  test.each([
    ['same', [['A B', 1]]],
    ['shorter later', [['B A', 1]]],
    [
      'after an operation',
      [
        ['A B', 2],
        ['B A', 1],
      ],
    ],
    [
      'immediates',
      [
        ['A B C', 1],
        ['A C B', 1],
        ['C A B', 1],
      ],
    ],
    ['clock', [['1000 1000 false', 1]]],
    ['cleared', [['', 1]]],
    ['interval', [['1 2 3', 1]]],
    ['aborted', [['AbortError', 1]]],
    ['looks', [[' setTimeout clearTimeout setTimeout setImmediate now false', 1]]],
  ])('%s: %j', async (kind, outcomes) => {
    const before = performance.now();
    const report = await explorePromises({ module: fixture('timers'), scenario: 'timers', args: [kind] });
    expect([report.verdict, states(report, 'fired')]).toEqual(['pass', outcomes]);
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  test('random numbers and random names are the same in every order, and not twice the same', async () => {
    const report = await explorePromises({ module: fixture('timers'), scenario: 'timers', args: ['random'] });
    expect(report).toMatchObject({ verdict: 'pass', schedules: 2, outcomes: [{ schedules: 2 }] });
    const [, first, second] = String(report.outcomes[0]?.state['fired']).split(' ');
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(second).not.toBe(first);
  });
});

describe('bad input is told in a sentence', () => {
  test.each([
    [
      { module: counting, scenario: 'nothing' },
      'The scenario module exports no function named "nothing", wanted one of deposits, fanOut, independent; ' +
        'give the name of an exported scenario.',
    ],
    [
      { module: '#kata/none.ts', scenario: 'x' },
      /^The module "#kata\/none\.ts" was not found from .*; give a path, a file URL or a name of the imports/,
    ],
    [{ module: './src/interleave/none.ts', scenario: 'x' }, /^The scenario module could not be loaded: .*none\.ts/],
    [{ module: counting, scenario: 'independent', bound: -1 }, 'Expected bound to be an integer from 0 up, got -1.'],
    [
      { module: counting, scenario: 'independent', steps: 1e9 },
      'Expected steps to be an integer from 1 to 100000, got 1000000000.',
    ],
  ])('%j', async (options, sentence) => {
    await expect(explorePromises(options)).rejects.toThrow(sentence);
  });
});
