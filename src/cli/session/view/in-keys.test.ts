import { expect, test } from 'vitest';
import { inKeys } from './in-keys.ts';
import { scrolledTo } from '../scroll-keys.ts';

test('commands in sentences become keys', () => {
  expect(inKeys('Wrong sum (to repeat: npm run kata run 03 -- --seed 17).')).toBe('Wrong sum (seed 17).');
  expect(inKeys('Missing: a.ts. To restore the exercise: npm run kata reset 03 (kept)')).toBe(
    'Missing: a.ts. To restore the exercise, press x (kept)',
  );
  const replay = 'a step\n  replay: npm run kata replay 09 five-each ABAB';
  expect(inKeys(replay)).toBe(replay);
  expect(inKeys(replay, true)).toBe('a step\n  Press p to play this schedule.');
});

test('keys scroll within the text', () => {
  const extent = { page: 10, end: 25 };
  expect(scrolledTo('down', 0, extent)).toBe(1);
  expect(scrolledTo('space', 0, extent)).toBe(9);
  expect(scrolledTo('pagedown', 20, extent)).toBe(25);
  expect(scrolledTo('k', 0, extent)).toBe(0);
  expect(scrolledTo('end', 3, extent)).toBe(25);
  expect(scrolledTo('home', 3, extent)).toBe(0);
  // The screen has grown since.
  expect(scrolledTo('up', 40, { page: 60, end: 0 })).toBe(0);
  expect(scrolledTo('h', 0, extent)).toBeUndefined();
});
