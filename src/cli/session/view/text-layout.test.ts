import { expect, test } from 'vitest';
import { inOneRow, inRows, widthOf, withoutControls, wrapped, wrappedCode } from './text-layout.ts';

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

test('an item of a list is indented behind its bullet, a check behind its mark and number', () => {
  expect(wrapped('- one two', 5, unicode)).toEqual(['- one', '  two']);
  expect(wrapped(' \x1b[32m✓\x1b[39m 1.2 one two', 11, unicode)).toEqual([' \x1b[32m✓\x1b[39m 1.2 one', '       two']);
});

test('code keeps its lines and its indentation, and a long line repeats its sign and indentation behind a mark', () => {
  expect(wrappedCode('const a = 1;\n\n    b();', 20, unicode)).toBe('const a = 1;\n\n    b();');
  expect(wrappedCode('  one two three', 13, unicode)).toBe('  one two\n  ↪ three');
  expect(wrappedCode('+ one two three', 13, { unicode: false })).toBe('+ one two\n+ \\ three');
  const red = wrappedCode('\x1b[31m- one two three\x1b[39m', 13, unicode);
  expect(red).toBe('\x1b[31m- one two\x1b[39m\n\x1b[31m- ↪ three\x1b[39m');
});

test('a row is cut with a mark', () => {
  expect(inOneRow('one two', 5, unicode)).toBe('one …');
  expect(inOneRow('one two', 5, { unicode: false })).toBe('one >');
  expect(inOneRow('one', 5, unicode)).toBe('one');
});

test('only the last of several rows is cut', () => {
  expect(inRows('one two three four', 2, 7, unicode)).toEqual(['one two', 'three …']);
  expect(inRows('one two', 2, 5, unicode)).toEqual(['one', 'two']);
  expect(inRows('one two', 1, 5, unicode)).toEqual(['one …']);
});

test('what moves the cursor goes, what ends a line stays', () => {
  expect(withoutControls('a\x1b[2Jb\rc\n\td')).toBe('a[2Jbc\n\td');
});
