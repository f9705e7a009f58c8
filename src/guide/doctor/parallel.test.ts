import { expect, test } from 'vitest';
import { parallelWork } from './parallel.ts';

test.each([
  [1.96, 1.02, 'ok'],
  [1.05, 1.02, 'warn'],
  [1.9, 1.6, 'warn'],
])('a capacity of %f, varying by %f: %s', (capacity, unsteadiness, level) => {
  expect(parallelWork({ processors: 2, workers: 2, capacity, unsteadiness })).toMatchObject({
    level,
    found: expect.stringContaining(`2 Workers at once do ${capacity.toFixed(2)} times the work of one`) as string,
  });
});
