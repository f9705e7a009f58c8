import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultFull, recordFull, records } from '#src/testing/grade-record.ts';
import { formats } from './index.ts';
import { printable } from './printable.ts';
import { hostileText } from './testing/hostile-text.ts';

/** Reads CSV by the grammar of RFC 4180, section 2; throws where the text doesn't follow it. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (field.lastIndex < text.length) {
    const [, quoted, plain = '', end] = field.exec(text) ?? [];
    if (end === undefined) throw new Error(`This is not CSV: ${text}`);
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

const rowsOf = (record: Parameters<typeof formats.csv.render>[0]) => parse(formats.csv.render(record));

test('has a row for each task, with its points and what to look at first', () => {
  expect(rowsOf(records.mixed)).toEqual([
    ['exercise', 'title', 'task', 'task title', 'points', 'attainable', 'verdict', 'first failing check', 'sentence'],
    ['01-bank', 'Bank 01', '1', 'Part 1', '4', '4', 'passed', '', ''],
    [
      ...['02-bank', 'Bank 02', '1', 'Part 1', '0', '4', 'lost update', '1.2 holds 1.2'],
      'Two deposits of 1 must give 2, but they give 1. (exercises/02-bank/bank.ts:7)',
    ],
    ['02-bank', 'Bank 02', '2', 'Part 2', '4', '4', 'inconclusive', '2.1 holds 2.1', 'This machine cannot tell.'],
    [
      ...['02-bank', 'Bank 02', '3', 'Part 3', '0', '4', 'not implemented', '3.0 Part 3'],
      'No check has run: the run ended before (not implemented).',
    ],
  ]);
});

test('leaves the points of a fault empty', () => {
  expect(rowsOf(records.faultOfOne).map((row) => [row[0], ...row.slice(4)])).toEqual([
    ['exercise', 'points', 'attainable', 'verdict', 'first failing check', 'sentence'],
    ['01-bank', '4', '4', 'passed', '', ''],
    ['02-bank', '', '4', 'fault', '', 'The disk is full.'],
    ['02-bank', '', '4', 'fault', '', 'The disk is full.'],
  ]);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1'])('makes %j a text, not a formula', (text) => {
  expect(rowsOf(recordFull(text))[1]?.[1]).toBe(`'${text}`);
});

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(hostileText, (hostile) => {
      const text = printable(hostile);
      for (const row of [rowsOf(recordFull(hostile))[1], rowsOf(faultFull(hostile))[1]]) {
        expect(row).toHaveLength(9);
        expect([text, `'${text}`]).toContain(row?.[1]);
        for (const cell of row ?? []) expect(cell).not.toMatch(/^\s*[=+\-@]/);
      }
    }),
  );
});
