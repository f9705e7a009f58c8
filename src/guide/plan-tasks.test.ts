import { expect, test } from 'vitest';
import type { Exercise } from '#src/course/index.ts';
import type { TaskResult } from '#src/suite/index.ts';
import { planTasks, type PassedTask } from './plan-tasks.ts';

const exercise = { tasks: [1, 2, 3, 4].map((n) => ({ title: `Task ${n}`, points: 2 })) } as unknown as Exercise;
const passed = (files: string, milliseconds = 10): PassedTask => ({
  files,
  result: { checks: [{ milliseconds }] } as TaskResult,
});
const plan = (known: Record<number, PassedTask>, begun?: number) => {
  const tasks = new Map(Object.entries(known).map(([number, task]) => [Number(number), task]));
  return planTasks(exercise, { passed: tasks, begun }, 'now');
};

test('at the beginning all tasks are judged, up to the first failing check', () => {
  expect(plan({})).toEqual({ now: [1, 2, 3, 4], later: [] });
});

test('a task that passed with these very files is not judged again', () => {
  expect(plan({ 1: passed('now'), 2: passed('now') })).toEqual({ now: [3, 4], later: [] });
});

test('cheap prerequisites that passed with older files come first, expensive ones later', () => {
  expect(plan({ 1: passed('older'), 2: passed('older', 2_000) }, 3)).toEqual({ now: [1, 3, 4], later: [2] });
  expect(plan({ 1: passed('older', 200), 2: passed('older', 400) }, 3)).toEqual({ now: [1, 3, 4], later: [2] });
});

test('as long as the current task is not begun, a change was about the tasks before it', () => {
  expect(plan({ 1: passed('older'), 2: passed('older', 2_000) })).toEqual({ now: [1, 2, 3, 4], later: [] });
  expect(plan({ 1: passed('older', 2_000), 3: passed('older') }, 1)).toEqual({ now: [1, 2, 4], later: [3] });
});

test('what an earlier session has seen pass is judged again, since nobody knows what it takes', () => {
  expect(plan({ 1: { files: 'now' }, 3: passed('older') })).toEqual({ now: [1, 2, 4], later: [3] });
});

test('a speed task is never cheap', () => {
  const [one, ...others] = exercise.tasks;
  const fast = { ...exercise, tasks: [{ ...one!, speed: true }, ...others] };
  expect(planTasks(fast, { passed: new Map([[1, passed('older')]]) }, 'now')).toEqual({ now: [2, 3, 4], later: [1] });
});

test('once all have passed, only those that passed with older files are judged again', () => {
  const all = { 1: passed('now'), 2: passed('older', 5_000), 3: passed('older'), 4: passed('now') };
  expect(plan(all)).toEqual({ now: [2, 3], later: [] });
});
