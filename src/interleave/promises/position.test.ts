// A position is what a replay of its token shows, step by step, and says what can settle next.
import { afterAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../common/index.ts';
import {
  closePromiseAgents,
  promisePositionAfter,
  replayPromises,
  type Position,
  type PromiseProgram,
} from '../index.ts';

const fixture = (name: string) => new URL(`../testing/fixtures/promises/${name}.ts`, import.meta.url);
const deposits: PromiseProgram = { module: fixture('counting'), scenario: 'deposits', args: [[30, 12]] };
const programs: Record<string, PromiseProgram> = {
  deposits,
  'deposits that begin at any time': { ...deposits, starts: 'any time' },
  'operations at the same time': { module: fixture('counting'), scenario: 'fanOut', args: [[2, 2]] },
  'a task that is killed': { module: fixture('killing'), scenario: 'atAnyStep', args: [3] },
};

afterAll(closePromiseAgents);

async function play(program: PromiseProgram, random: () => number): Promise<Position> {
  let position = await promisePositionAfter({ ...program, schedule: '' });
  while (!position.ending) {
    const { token } = position.choices[Math.floor(random() * position.choices.length)]!;
    position = await promisePositionAfter({ ...program, schedule: token });
    expect(position.token).toBe(token);
  }
  return position;
}

describe('a position of promises', () => {
  test.each(Object.entries(programs))(
    '75 random plays of a program equal the replays of their tokens: %s',
    { timeout: 120_000 },
    async (_, program) => {
      for (let seed = 1; seed <= 75; seed++) {
        const played = await play(program, seededRandom(seed));
        const { verdict, sentence, timeline, token } = await replayPromises({ ...program, schedule: played.token });
        expect({ verdict, sentence, token }).toEqual({
          verdict: played.ending!.verdict,
          sentence: played.ending!.sentence,
          token: played.token,
        });
        expect(timeline!.rows).toEqual(played.timeline.rows);
      }
    },
  );

  test('says what can settle next, and where it was begun', async () => {
    const start = await promisePositionAfter({ ...deposits, schedule: '' });
    expect(start).toMatchObject({ token: 'p1:', steps: 0, ending: undefined });
    expect(start.choices.map(({ lane, token }) => [lane, token])).toEqual([
      [0, 'p1:0'],
      [1, 'p1:1'],
    ]);
    expect(start.lanes).toMatchObject([{ state: 'ready' }, { state: 'ready' }]);
    const later = await promisePositionAfter({ ...deposits, schedule: 'AA', steps: 1 });
    expect(later).toMatchObject({ token: 'p1:0', steps: 1, preemptions: 0 });
    expect(later.choices[1]!.preempts).toBe(true);
  });

  test('stops where a schedule names a lane that has nothing pending', async () => {
    const { token, left, ending } = await promisePositionAfter({ ...deposits, schedule: 'AAAB' });
    expect(ending).toBeUndefined();
    expect(token).toBe('p1:0x2');
    expect(left).toContain('Entry 3 of the schedule names A, which has nothing pending');
  });

  test('before code that hangs is shown, and so is the hang', { timeout: 60_000 }, async () => {
    const program = { module: fixture('mishaps'), scenario: 'spins', stuckAfter: 300 };
    const start = await promisePositionAfter({ ...program, schedule: '' });
    expect(start.ending).toBeUndefined();
    let position = start;
    while (!position.ending)
      position = await promisePositionAfter({ ...program, schedule: position.choices[0]!.token });
    expect(position.ending).toMatchObject({ verdict: 'stuck', reason: 'event-loop-blocked' });
    expect(await promisePositionAfter({ ...program, schedule: '' })).toEqual(start);
  });

  test('of code that ends its own thread has a sentence', { timeout: 60_000 }, async () => {
    const program = { module: fixture('mishaps'), scenario: 'exitsReally' };
    let position = await promisePositionAfter({ ...program, schedule: '' });
    while (!position.ending)
      position = await promisePositionAfter({ ...program, schedule: position.choices[0]!.token });
    expect(position.ending.verdict).toBe('threw');
  });
});
