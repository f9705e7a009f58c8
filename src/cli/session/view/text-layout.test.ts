import { expect, test } from 'vitest';
import { inOneRow, widthOf, withoutControls, wrapped } from './text-layout.ts';

const unicode = { unicode: true };

test('wide characters take two columns, styles and links none', () => {
  expect(widthOf('漢字')).toBe(4);
  expect(widthOf('\x1b[31mred\x1b[39m')).toBe(3);
  expect(widthOf('\x1b]8;;file:///a\x1b\\link\x1b]8;;\x1b\\')).toBe(4);
});

test('a line that continues is indented like its beginning', () => {
  expect(wrapped('  one two three', 9, unicode)).toEqual(['  one two', '  three']);
  expect(wrapped('漢字漢字', 4, unicode)).toEqual(['漢字', '漢字']);
});

test('a row is cut with a mark', () => {
  expect(inOneRow('one two', 5, unicode)).toBe('one …');
  expect(inOneRow('one two', 5, { unicode: false })).toBe('one >');
  expect(inOneRow('one', 5, unicode)).toBe('one');
});

test('what moves the cursor goes, what ends a line stays', () => {
  expect(withoutControls('a\x1b[2Jb\rc\n\td')).toBe('a[2Jbc\n\td');
});
