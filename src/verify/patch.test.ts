import { expect, test } from 'vitest';
import { diffFiles, filesOf, patchFiles } from './patch.ts';

const lines = (...numbers: number[]): string => numbers.map((each) => `${each}\n`).join('');
const before = new Map([
  ['a.ts', lines(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)],
  ['b.ts', 'b'],
]);
const after = new Map([
  ['a.ts', lines(1, 22, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 55, 16)],
  ['b.ts', 'b\n'],
  ['new.ts', 'new\n'],
]);

test('a diff turns the files into the other files, byte for byte', () => {
  const diff = diffFiles(before, after);
  expect(filesOf('x.patch', diff)).toEqual(['a.ts', 'b.ts', 'new.ts']);
  expect(patchFiles('x.patch', diff, before)).toEqual(after);
});

test('files that are the same have no diff', () => {
  expect(diffFiles(before, new Map([...before]))).toBe('');
  expect(patchFiles('x.patch', '', before)).toEqual(before);
});

test('a hunk may have moved, but all of its lines must be there', () => {
  const diff = diffFiles(before, new Map([['a.ts', after.get('a.ts')!]]));
  const moved = new Map([['a.ts', `0\n${before.get('a.ts')}`]]);
  expect(patchFiles('x.patch', diff, moved).get('a.ts')).toBe(`0\n${after.get('a.ts')}`);
  const changed = new Map([['a.ts', before.get('a.ts')!.replace('14\n', 'fourteen\n')]]);
  expect(() => patchFiles('x.patch', diff, changed)).toThrow(
    'x.patch: hunk 2 (@@ -12,5 +12,5 @@) of a.ts no longer applies.',
  );
});

test('what is no diff is refused', () => {
  expect(() => patchFiles('x.patch', '--- a.ts\n+++ a.ts\n@@ -1,3 +1,3 @@\n 1\n', before)).toThrow(
    'x.patch: this is not a unified diff: ',
  );
});
