import { expect, test } from 'vitest';
import { nothingFound } from './goal.ts';

test('without a failing schedule, the goal says how many were tried, and which were not', () => {
  expect(nothingFound({ reason: 'exhausted', schedules: 1, cut: 0 })).toBe(
    'Nothing to find: only one order of the steps is possible, and it does not fail.',
  );
  expect(nothingFound({ reason: 'exhausted', schedules: 1250, cut: 0, bound: Infinity })).toBe(
    'Nothing to find: 1,250 schedules were tried, which cover every order of the steps, and none of them fails.',
  );
  const tried = 'Nothing found: 80 orders of the steps (schedules) were tried, and none of them fails.';
  expect(nothingFound({ reason: 'bound', schedules: 80, cut: 0, bound: 3 })).toBe(
    `${tried} They include every schedule with at most 3 preemptions (a preemption switches away from a thread that ` +
      'could go on). Of those with more, not all were tried.',
  );
  expect(nothingFound({ reason: 'budget-milliseconds', schedules: 80, cut: 0, bound: 1 })).toContain(
    'every schedule with at most 1 preemption (a preemption',
  );
  expect(nothingFound({ reason: 'budget-milliseconds', schedules: 80, cut: 0, bound: -1 })).toBe(
    `${tried} There are more, which were not tried.`,
  );
  expect(nothingFound({ reason: 'step-limit', schedules: 80, cut: 7, bound: -1 })).toBe(
    `${tried} 7 of them take so many steps that they were not followed to the end.`,
  );
});
