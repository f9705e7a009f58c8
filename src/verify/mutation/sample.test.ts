import { expect, test } from 'vitest';
import { sample } from './sample.ts';

const items = Array.from({ length: 50 }, (_, at) => at);

test('draws the same for the same seed, in the order of the items', () => {
  const drawn = sample(items, 10, 7);
  expect(drawn).toHaveLength(10);
  expect(sample(items, 10, 7)).toEqual(drawn);
  expect(drawn).toEqual([...new Set(drawn)].sort((one, other) => one - other));
  expect(sample(items, 10, 8)).not.toEqual(drawn);
});

test('takes all where there are no more', () => expect(sample(items, 50, 7)).toEqual(items));

test('draws every item about as often', () => {
  const counts = new Map<number, number>();
  for (let seed = 0; seed < 1000; seed++)
    for (const item of sample(items, 5, seed)) counts.set(item, (counts.get(item) ?? 0) + 1);
  expect(counts.size).toBe(50);
  expect(Math.min(...counts.values())).toBeGreaterThan(50);
  expect(Math.max(...counts.values())).toBeLessThan(150);
});
