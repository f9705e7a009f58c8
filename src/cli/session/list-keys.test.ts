import { expect, test } from 'vitest';
import type { Exercise } from '#src/course/index.ts';
import { listAfter, openedList } from './list-keys.ts';
import { opened, type ListPanel } from './state.ts';

const exercises = Array.from({ length: 14 }, (_, at) => {
  const id = String(at + 1).padStart(2, '0');
  return { id, slug: `${id}-exercise`, title: at === 5 ? 'A thread pool' : 'Other', chapter: 'One', tasks: [] };
}) as unknown as Exercise[];
const states = exercises.map((exercise) => ({
  ...{ exercise, points: null, verdict: null, wasSolved: false, missing: [] },
  state: 'not started' as const,
}));
const state = opened({ version: 1, exercises }, exercises[2]!, states, new Set());

/** @returns the list after these keys, or the id of the exercise that they open */
function after(...keys: string[]): ListPanel | string | undefined {
  let panel = openedList(state);
  for (const key of keys) {
    const next = listAfter(state, panel, key);
    if (next === undefined) return undefined;
    if ('open' in next) return next.open.id;
    panel = next;
  }
  return panel;
}

test('arrows and Enter open an exercise', () => {
  expect(after('return')).toBe('03');
  expect(after('down', 'j', 'up', 'return')).toBe('04');
  expect(after('end', 'down', 'return')).toBe('14');
});

test('a number chooses an exercise, with one or two digits', () => {
  expect(after('1', '2', 'return')).toBe('12');
  expect(after('1', 'return')).toBe('01');
  expect(after('0', '7', 'return')).toBe('07');
  expect(after('5', '6', 'return')).toBe('06');
});

test('what is typed behind / filters, Escape shows all again and then closes', () => {
  expect(after('/', 'p', 'o', 'o', 'l', 'return')).toBe('06');
  expect(after('/', 'x', 'backspace', 'p', 'o')).toMatchObject({ filter: 'po' });
  expect(after('/', 'z', 'z', 'return')).toMatchObject({ filter: 'zz' });
  expect(after('/', 'p', 'escape')).toMatchObject({ filter: '', filtering: false });
  expect(after('escape')).toBeUndefined();
});
