// A position is what a replay of its token shows, step by step, and says who can go on.
import { afterAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../common/index.ts';
import {
  closeAgents,
  explore,
  fewestSteps,
  positionAfter,
  Positions,
  replay,
  type Position,
  type ThreadProgram,
} from '../index.ts';

const fixture = (name: string) => new URL(`../testing/fixtures/threads/${name}.ts`, import.meta.url);
const same = (body: string, threads: number, ...args: unknown[]) =>
  [...'ABCDEFGH'.slice(0, threads)].map((name) => ({ name, body, args }));
const counts = (wanted: number): Pick<ThreadProgram, 'invariant'> => ({
  invariant: ({ count }) => (count as Int32Array)[0] === wanted || `count is ${(count as Int32Array)[0]}`,
});
const lock = { lock: 1, count: 1 };
const fiveEach: ThreadProgram = {
  module: fixture('counters'),
  threads: same('plainIncrement', 2, 5),
  memory: { count: 1 },
  expectRaces: 'allow',
  ...counts(10),
};

const programs: Record<string, ThreadProgram> = {
  'lost updates': fiveEach,
  'a data race': { ...fiveEach, expectRaces: 'report', threads: same('plainIncrement', 2) },
  'a spin lock': { module: fixture('locks'), threads: same('spinLock', 2), memory: lock, ...counts(2) },
  'a mutex that sleeps': { module: fixture('locks'), threads: same('futexThreeStates', 3), memory: lock, ...counts(3) },
  'waits with timeouts': { module: fixture('locks'), threads: same('pollingLock', 2), memory: lock, ...counts(2) },
  'a lock that lets two in': {
    module: fixture('broken-algorithms'),
    threads: same('testThenSet', 2),
    memory: lock,
    ...counts(2),
  },
  'a mutex that forgets sleepers': {
    module: fixture('broken-algorithms'),
    threads: same('forgetsSleepers', 3),
    memory: lock,
    ...counts(3),
  },
};

afterAll(closeAgents);

/** Plays to the end, or as far as a person might, and undoes a step now and then. */
async function play(positions: Positions, random: () => number): Promise<Position> {
  let position = await positions.after('');
  while (!position.ending && position.steps < 120) {
    const { choices } = position;
    const { token, lane } = choices[Math.floor(random() * choices.length)]!;
    const next = await positions.after(token);
    expect(next.token).toBe(token);
    expect(next.timeline.rows.at(-1)?.lane).toBe(lane);
    if (random() < 0.1) expect(await positions.after(token, position.steps)).toEqual(position);
    position = next;
  }
  return position;
}

const said = ({ timeline }: Pick<Position, 'timeline'>) =>
  timeline.rows.map(({ text, lane, preemption, file, line }) => [text, lane, preemption, file, line]);

describe('a position', () => {
  test.each(Object.entries(programs))(
    '43 random plays of a program equal the replays of their tokens: %s',
    { timeout: 120_000 },
    async (_, program) => {
      const positions = await Positions.open(program);
      for (let seed = 1; seed <= 43; seed++) {
        const played = await play(positions, seededRandom(seed));
        const replayed = await replay({ ...program, schedule: played.token });
        const rows = replayed.timeline!.rows.slice(0, played.steps);
        expect(said({ timeline: { ...replayed.timeline!, rows } })).toEqual(said(played));
        if (!played.ending) continue;
        const { verdict, reason, sentence } = replayed;
        expect({ verdict, reason, sentence, token: replayed.token }).toEqual({
          ...played.ending,
          token: played.token,
        });
        expect(replayed.demonstrated).toBe(true);
      }
      positions.release();
    },
  );

  test('says what each thread is about to do, and where', async () => {
    const start = await positionAfter({ ...fiveEach, schedule: '' });
    expect(start).toMatchObject({
      steps: 0,
      token: 'c0:',
      lanes: [{ state: 'ready' }, { state: 'ready' }],
      choices: [
        { lane: 0, text: 'read count', preempts: false, token: 'c0:0x1' },
        { lane: 1, text: 'read count', preempts: false, token: 'c0:1x1' },
      ],
      ending: undefined,
    });
    expect(start.lanes[0]!.places[0]).toEqual({ file: fixture('counters').href, line: 15 });
    const next = await positionAfter({ ...fiveEach, schedule: 'A' });
    expect(next.choices).toMatchObject([
      { text: 'write count ← 1', preempts: false },
      { text: 'read count', preempts: true, token: 'c1:0x1,1x1' },
    ]);
  });

  test('says who sleeps on what, and who has ended', async () => {
    const program = programs['a mutex that sleeps']!;
    const { lanes, choices } = await positionAfter({ ...program, schedule: 'ABBB' });
    expect(lanes).toMatchObject([{ state: 'ready' }, { state: 'asleep', on: 'lock' }, { state: 'ready' }]);
    expect(choices.map(({ lane }) => lane)).toEqual([0, 2]);
    const ended = await positionAfter({ ...program, schedule: 'AAAA' });
    expect(ended.lanes[0]).toMatchObject({ state: 'ended' });
  });

  test('stops after the steps that are wanted', async () => {
    expect(await positionAfter({ ...fiveEach, schedule: 'ABABAB', steps: 2 })).toMatchObject({ token: 'c1:0x1,1x1' });
  });

  test('stops where a schedule names a thread that cannot run, or goes on behind the end', async () => {
    const two = { ...fiveEach, threads: same('plainIncrement', 2) };
    expect(await positionAfter({ ...two, schedule: 'AAAB' })).toMatchObject({
      token: 'c0:0x2',
      left: 'step 3 of the schedule names A, which has ended',
      ending: undefined,
    });
    expect(await positionAfter({ ...two, schedule: 'AABBA' })).toMatchObject({
      token: 'c0:0x2,1x2',
      left: 'the run has ended, and the schedule has 5 steps',
    });
    await expect(positionAfter({ ...two, schedule: 'AAX' })).rejects.toThrow('The schedule names `X` at step 3');
  });

  test('reports an update as lost at the step that writes over it', async () => {
    expect((await positionAfter({ ...fiveEach, schedule: 'ABA' })).lost).toBeUndefined();
    expect(await positionAfter({ ...fiveEach, schedule: 'ABABAAAA' })).toMatchObject({
      lost: { read: 2, between: 3, write: 4 },
      ending: undefined,
    });
  });

  test.each([
    ['endless', 'stuck', 'A'],
    ['exits', 'threw', 'A'],
    ['asserts', 'violation', 'AB'],
    ['isNotImplemented', 'threw', 'A'],
  ])('of a body that cannot go on has the verdict of its replay: %s', async (body, verdict, schedule) => {
    const threads = { A: body, B: body };
    const program = { module: fixture('misbehaving'), threads, memory: { flag: 1 }, stuckAfter: 300 };
    const position = await positionAfter({ ...program, schedule });
    expect(position.ending).toMatchObject({ verdict });
    const replayed = await replay({ ...program, schedule: position.token });
    expect(replayed.sentence).toBe(position.ending!.sentence);
  });
});

describe('the fewest steps', () => {
  const budget = { milliseconds: 60_000, states: 200_000 };

  test('lose an update in 4', async () => {
    expect(await fewestSteps(fiveEach, budget)).toEqual({ atLeast: 4, token: 'c3:0x1,1x1,0x1,1x1' });
  });

  test('are never more than those of the schedule with the fewest preemptions', async () => {
    for (const name of ['a lock that lets two in', 'a mutex that forgets sleepers']) {
      const program = programs[name]!;
      const { atLeast, token } = await fewestSteps(program, budget);
      const found = await explore(program);
      expect(atLeast).toBeLessThanOrEqual(found.timeline!.rows.length);
      const { ending, lost, steps } = await positionAfter({ ...program, schedule: token! });
      expect(steps).toBe(atLeast);
      expect(ending?.verdict ?? lost).not.toBe('pass');
      expect(ending ?? lost).toBeDefined();
    }
  });

  test('are not known where the search ends before it finds any', async () => {
    const { atLeast, token } = await fewestSteps(fiveEach, { milliseconds: 60_000, states: 3 });
    expect(token).toBeUndefined();
    expect(atLeast).toBeLessThanOrEqual(4);
  });
});
