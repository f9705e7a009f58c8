import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { exercise, failedCheck, faultFull, gradeRecord, recordFull, records, task } from '#src/testing/grade-record.ts';
import { checkText } from '../check-text.ts';
import type { GradeRecord } from '../record.ts';
import { formats } from './index.ts';
import { printable } from './printable.ts';
import { hostileText } from './testing/hostile-text.ts';

/** https://docs.prairielearn.com/externalGrading/, "Grading results": a gradable result must have a score. */
const schema = z.discriminatedUnion('gradable', [
  z.strictObject({
    gradable: z.literal(true),
    score: z.number().min(0).max(1),
    message: z.string(),
    output: z.string(),
    tests: z.array(
      z.strictObject({
        name: z.string(),
        points: z.number(),
        max_points: z.number(),
        message: z.string(),
        output: z.string(),
      }),
    ),
  }),
  z.strictObject({ gradable: z.literal(false), format_errors: z.array(z.string()), message: z.string() }),
]);

const parsed = (record: GradeRecord) => schema.parse(JSON.parse(formats.prairielearn.render(record)));

test.each(Object.entries(records))('the record %s follows the documented form', (_, record) => {
  const results = parsed(record);
  if (results.gradable) expect(results.score).toBeCloseTo((record.points ?? NaN) / record.attainable);
  else expect(record.points).toBeNull();
});

test('lists the tasks, each with what its checks say', () => {
  const results = parsed(records.mixed);
  expect(results).toMatchObject({ score: 0.5, message: 'Total: 8 of 16 points (50 %)', output: '' });
  expect(results.gradable && results.tests.slice(0, 2)).toEqual([
    {
      name: '01 Bank 01, task 1: Part 1',
      points: 4,
      max_points: 4,
      message: 'passed',
      output: '2 of 2 checks passed.',
    },
    {
      name: '02 Bank 02, task 1: Part 1',
      points: 0,
      max_points: 4,
      message: 'lost update',
      output: `1 of 2 checks passed.\n\n1.2 holds 1.2: lost update\n${checkText(failedCheck('1.2'))}`,
    },
  ]);
});

test('is not gradable after a fault, and says why', () => {
  expect(parsed(records.faultOfOne)).toMatchObject({
    gradable: false,
    format_errors: [expect.stringContaining('The disk is full.')],
  });
});

test('stays below 1 MB, and keeps every task', () => {
  const huge = failedCheck('1.1', { evidence: '"'.repeat(30_000) });
  const record = gradeRecord(
    exercise(
      '01',
      Array.from({ length: 50 }, (_, at) => task(at + 1, [huge])),
    ),
  );
  expect(Buffer.byteLength(formats.prairielearn.render(record))).toBeLessThanOrEqual(1_000_000);
  const results = parsed(record);
  expect(results.gradable && results.tests).toHaveLength(50);
  expect(results.gradable && results.tests[49]?.output).toContain('they give 1.');
});

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(hostileText, (hostile) => {
      const text = printable(hostile);
      const results = parsed(recordFull(hostile));
      expect(results.gradable && results.tests[0]?.name).toBe(`01 ${text}, task 1: ${text}`);
      expect(results.gradable && results.tests[0]?.output).toContain(`1.1 ${text}: lost update\n`);
      expect(parsed(faultFull(hostile)).message).toContain(`the student's fault: ${text}`);
    }),
  );
});
