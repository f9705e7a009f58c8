import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineDiff } from './line-diff.ts';

const marks = { both: ' ', first: '-', second: '+' } as const;
const shown = (first: string, second: string) =>
  lineDiff(first, second).map(({ in: where, text }) => marks[where] + text);

test('what is the same stands once, what differs stands as removed before added', () => {
  expect(shown('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d']);
});

test('both texts can be read back from it, and nothing is shown twice without need', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (first, second) => {
      const lines = lineDiff(first.join('\n'), second.join('\n'));
      expect(lines.filter((line) => line.in !== 'second').map((line) => line.text)).toEqual(first);
      expect(lines.filter((line) => line.in !== 'first').map((line) => line.text)).toEqual(second);
      expect(lines.filter((line) => line.in === 'both')).toHaveLength(longestCommon(first, second));
    }),
  );
});

/** The plain recursive definition. */
function longestCommon(a: string[], b: string[], i = 0, j = 0, known = new Map<number, number>()): number {
  if (i === a.length || j === b.length) return 0;
  const key = i * 100 + j;
  const found =
    known.get(key) ??
    (a[i] === b[j]
      ? 1 + longestCommon(a, b, i + 1, j + 1, known)
      : Math.max(longestCommon(a, b, i + 1, j, known), longestCommon(a, b, i, j + 1, known)));
  known.set(key, found);
  return found;
}
