import { expect, test } from 'vitest';
import { showsUnicode, toAscii } from './ascii.ts';

test('the locale says what the terminal shows', () => {
  expect(showsUnicode({ LANG: 'C' }, 'linux')).toBe(false);
  expect(showsUnicode({ LANG: 'de_DE.ISO-8859-1' }, 'linux')).toBe(false);
  expect(showsUnicode({ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, 'linux')).toBe(false);
  expect(showsUnicode({ LANG: 'C', LC_ALL: 'C.utf8' }, 'linux')).toBe(true);
  expect(showsUnicode({}, 'linux')).toBe(true);
  expect(showsUnicode({ TERM: 'linux', LANG: 'C.UTF-8' }, 'linux')).toBe(false);
  expect(showsUnicode({ WT_SESSION: 'x' }, 'win32')).toBe(true);
  expect(showsUnicode({}, 'win32')).toBe(false);
});

test('marks, boxes and blocks become ASCII', () => {
  expect(toAscii('✓ one · two → three …')).toBe('+ one - two > three ...');
  expect(toAscii('┌─┬┃█▌漢')).toBe('+-+|##?');
});
