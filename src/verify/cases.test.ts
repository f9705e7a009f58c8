import { describe, expect, test } from 'vitest';
import type { Check } from '#src/suite/index.ts';
import { getsItsVerdict, earnsAll, earnsNothing } from './cases.ts';
import type { ExerciseRecord, TaskRecord } from '#src/grade/index.ts';
import type { Verdict } from '#src/verdict/index.ts';
import type { Mutant } from './mutant.ts';

const task = (number: number, points: number, verdict: Verdict): TaskRecord => ({
  number,
  title: 'T',
  points,
  attainable: 5,
  verdict,
  checks: [],
});

const check = (id: string, state: Check['state'], verdict: Verdict = 'passed'): Check => ({
  id,
  task: Number(id.split('.')[0]),
  title: 'c',
  state,
  verdict,
  milliseconds: 1,
});

function record(...tasks: TaskRecord[]): ExerciseRecord {
  const points = tasks.reduce((sum, each) => sum + each.points, 0);
  return {
    id: '01',
    slug: '01-x',
    title: 'X',
    points,
    attainable: 10,
    verdict: 'failed',
    tasks,
    typeErrors: [],
    files: { taken: [], missing: [], refused: [], notTaken: [] },
    milliseconds: 0,
  };
}

describe('a skeleton', () => {
  test('earns nothing', () =>
    expect(earnsNothing(record(task(1, 0, 'not implemented'), task(2, 0, 'failed')))).toEqual({
      holds: true,
      summary: '0 points, not implemented, failed',
    }));
  test('must not earn a task', () =>
    expect(earnsNothing(record(task(1, 5, 'passed'), task(2, 0, 'failed')))).toEqual({
      holds: false,
      summary: 'wanted 0 points, got 5 for task 1',
    }));
  test('must not earn a task because the machine cannot tell', () =>
    expect(earnsNothing(record(task(1, 5, 'inconclusive'), task(2, 0, 'failed'))).holds).toBe(false));
});

describe('a right answer', () => {
  test('earns all', () =>
    expect(earnsAll(record(task(1, 5, 'passed'), task(2, 5, 'passed')))).toEqual({
      holds: true,
      summary: '10 points',
    }));
  test('may be inconclusive', () =>
    expect(earnsAll(record(task(1, 5, 'passed'), task(2, 5, 'inconclusive')))).toEqual({
      holds: true,
      summary: '10 points, inconclusive in task 2',
    }));
  test('must not lose a task', () =>
    expect(earnsAll(record(task(1, 5, 'passed'), task(2, 0, 'leak')))).toEqual({
      holds: false,
      summary: 'wanted 10 points, got 5: leak in task 2',
    }));
});

describe('a mutant', () => {
  const mutant: Mutant = {
    name: 'm',
    tasks: [2],
    breaks: [],
    verdicts: ['leak', 'crash'],
    misconception: 'm',
    alone: false,
    diff: '',
  };
  test.each<[boolean, Verdict, string]>([
    [true, 'leak', 'leak in task 2'],
    [true, 'crash', 'crash in task 2'],
    [false, 'passed', 'wanted leak or crash in task 2, got passed'],
    [false, 'failed', 'wanted leak or crash in task 2, got failed'],
    [false, 'inconclusive', 'wanted leak or crash in task 2, got inconclusive'],
  ])('holds: %s for %s', (holds, verdict, summary) => {
    expect(getsItsVerdict(mutant)(record(task(2, 0, verdict)))).toEqual({ holds, summary });
  });

  test('must fail a check that holds a requirement that it breaks', () => {
    const breaking = getsItsVerdict({ ...mutant, breaks: ['2.ends', '2.order'] });
    const failing = (...requirements: string[]) =>
      record({
        ...task(2, 0, 'leak'),
        checks: [check('2.1', 'failed', 'leak'), { ...check('2.2', 'failed', 'failed'), requirements }],
      });
    expect(breaking(failing('2.sum'))).toEqual({
      holds: false,
      summary: 'wanted a failed check that holds 2.ends or 2.order, got 2.1, 2.2',
    });
    expect(breaking(failing('2.sum', '2.order')).holds).toBe(true);
  });
});
