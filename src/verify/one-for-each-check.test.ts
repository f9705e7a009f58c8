import { expect, test } from 'vitest';
import { oneForEachCheck } from './one-for-each-check.ts';

test('chooses one mutant for each check that is the first to fail, and everything else', () => {
  const cases = [
    { label: 'skeleton' },
    { label: 'a', firstToFail: '1.2' },
    { label: 'b', firstToFail: '1.10' },
    { label: 'c', firstToFail: '1.2' },
    { label: 'not recorded' },
  ];
  expect(oneForEachCheck(cases).map(({ label }) => label)).toEqual(['skeleton', 'a', 'b', 'not recorded']);
});
