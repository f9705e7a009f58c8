import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { records } from '#src/testing/grade-record.ts';
import { recordSchema } from '../record.ts';
import { formats } from './index.ts';
import { fitting, shortened } from './limits.ts';
import { printable } from './printable.ts';
import { hostileText } from './testing/hostile-text.ts';

test.each(Object.entries(records))('the record %s, which the formats are tested with, is a record', (_, record) => {
  expect(() => recordSchema.parse(record)).not.toThrow();
});

test.each(Object.entries(formats))('%s leaves the record as it is, and ends with a line break', (_, { render }) => {
  const record = structuredClone(records.mixed);
  expect(render(record).endsWith('\n')).toBe(true);
  expect(record).toEqual(records.mixed);
});

describe('printable', () => {
  test('shows what XML, UTF-8 or a database refuses, and keeps line breaks', () => {
    expect(printable('a\0b\x1b[1m\x7f\u0085\ud800\ufffe')).toBe('a␀b␛[1m␡���');
    expect(printable('line\r\n\tline 😀 ü')).toBe('line\r\n\tline 😀 ü');
  });

  test('has nothing left to replace', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(printable(printable(text))).toBe(printable(text));
        expect(Buffer.from(printable(text)).toString()).toBe(printable(text));
      }),
    );
  });
});

describe('limits', () => {
  test('shows where a text is cut, and cuts no character in half', () => {
    expect(shortened('abc', 3)).toBe('abc');
    expect(shortened('abcd', 3)).toBe('abc…');
    expect(shortened('ab😀', 3)).toBe('ab…');
  });

  test('cuts texts until the document is small enough', () => {
    const document = fitting(1000, (characters) => `begin ${shortened('ü'.repeat(5000), characters)} end`);
    expect(Buffer.byteLength(document)).toBeLessThanOrEqual(1000);
    expect(document.length).toBeGreaterThan(250);
    expect(document).toMatch(/^begin ü+… end$/);
  });
});
