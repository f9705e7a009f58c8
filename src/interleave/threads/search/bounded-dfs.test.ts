import { describe, expect, test } from 'vitest';
import { enumerate } from '../../testing/enumerate.ts';
import type { InProcessBody } from '../model/index.ts';

const increments =
  (times: number): InProcessBody =>
  (memory, atomics) => {
    const { count } = memory as { count: Int32Array };
    for (let each = 0; each < times; each++) atomics.store(count, 0, atomics.load(count, 0) + 1);
  };

const additions =
  (times: number): InProcessBody =>
  (memory, atomics) => {
    const { count } = memory as { count: Int32Array };
    for (let each = 0; each < times; each++) atomics.add(count, 0, 1);
  };

describe('counts of schedules', () => {
  const two = (times: number): InProcessBody[] => [increments(times), increments(times)];

  test('two threads of two steps: 6', () => {
    expect(enumerate({ count: 1 }, two(1), { bound: Infinity, cache: false })).toMatchObject({
      progress: 'exhausted',
      schedules: 6,
    });
  });

  test.each([
    [1, 20],
    [2, 182],
    [Infinity, 184_756],
  ])('two threads of ten steps, at most %d preemptions: %d', (bound, schedules) => {
    expect(enumerate({ count: 1 }, two(5), { bound, cache: false }).schedules).toBe(schedules);
  });

  test('three threads of two atomic additions: 90', () => {
    expect(
      enumerate({ count: 1 }, [additions(2), additions(2), additions(2)], { bound: Infinity, cache: false }).schedules,
    ).toBe(90);
  });
});

describe('the state cache', () => {
  test.each([1, 2, 3, Infinity])('leaves no outcome out, at most %d preemptions', (bound) => {
    const bodies = [increments(4), increments(4)];
    const plain = enumerate({ count: 1 }, bodies, { bound, cache: false });
    const cached = enumerate({ count: 1 }, bodies, { bound, cache: true });
    expect(cached.finals).toEqual(plain.finals);
    expect(cached.schedules).toBeLessThanOrEqual(plain.schedules);
  });

  test('finds that two threads of five increments can end at 2, and no lower', () => {
    const { finals } = enumerate({ count: 1 }, [increments(5), increments(5)], { bound: Infinity, cache: true });
    expect(finals).toEqual(
      ['10', '2', '3', '4', '5', '6', '7', '8', '9'].map(
        (count) => `{"count":["${count}"]} {"A":"undefined","B":"undefined"}`,
      ),
    );
  });
});
