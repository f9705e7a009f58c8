import { expect, test } from 'vitest';
import { oneForEachCheck } from './one-for-each-check.ts';

test('chooses one mutant for each check that is the first to fail, and those that are not recorded', () => {
  const names = ['a', 'b', 'c', 'new', 'd'];
  const chosen = oneForEachCheck(
    names.map((name) => ({ name })),
    [
      { name: 'a', failed: { '1.2': 'failed', '1.10': 'failed' } },
      { name: 'b', failed: { '1.10': 'leak' } },
      { name: 'c', failed: { '1.2': 'timeout' } },
      { name: 'd', failed: { '1.10': 'failed' } },
    ],
  );
  expect(chosen.map(({ name }) => name)).toEqual(['a', 'b', 'new']);
});
