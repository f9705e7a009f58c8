import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { exercise, failedCheck, faultFull, gradeRecord, recordFull, records, task } from '#src/testing/grade-record.ts';
import type { GradeRecord } from '../record.ts';
import { formats } from './index.ts';
import { printable } from './printable.ts';
import { hostileText } from './testing/hostile-text.ts';

/**
 * What src/console-results.js and src/notify-classroom.js of classroom-resources/autograding-grading-reporter read, and
 * src/main.js of classroom-resources/autograding-command-grader writes.
 */
const schema = z.strictObject({
  version: z.literal(1),
  status: z.enum(['pass', 'fail', 'error']),
  max_score: z.number(),
  tests: z
    .array(
      z.strictObject({
        name: z.string(),
        status: z.enum(['pass', 'fail', 'error']),
        score: z.number(),
        message: z.string(),
        test_code: z.string(),
        filename: z.string(),
        line_no: z.number(),
        duration: z.number(),
      }),
    )
    .min(1),
});

function parsed(record: GradeRecord): z.infer<typeof schema> {
  const value = formats.classroom.render(record);
  expect(value).toMatch(/^[A-Za-z0-9+/]+=*\n$/);
  return schema.parse(JSON.parse(Buffer.from(value, 'base64').toString('utf8')));
}

test.each(Object.entries(records))("the reporter's two ways to count agree for the record %s", (_, record) => {
  const { max_score, tests } = parsed(record);
  const printed = (tests.filter(({ status }) => status === 'pass').length / tests.length) * max_score;
  const reported = tests.reduce((sum, { score }) => sum + score, 0);
  expect([printed, reported]).toEqual([record.points ?? 0, record.points ?? 0]);
});

test('tasks with different points become tests that are worth the same', () => {
  const wrong = failedCheck('2.1');
  const record = gradeRecord(
    exercise('01', [task(1, [failedCheck('1.1')], { attainable: 2 }), task(2, [wrong], { attainable: 6, points: 6 })]),
  );
  const { status, max_score, tests } = parsed(record);
  expect({ status, max_score }).toEqual({ status: 'fail', max_score: 8 });
  expect(tests.map(({ name, score }) => [name, score])).toEqual([
    ['01 Bank 01, task 1: Part 1', 0],
    ['01 Bank 01, task 2: Part 2 (1 of 3)', 2],
    ['01 Bank 01, task 2: Part 2 (2 of 3)', 2],
    ['01 Bank 01, task 2: Part 2 (3 of 3)', 2],
  ]);
  expect(tests[0]).toMatchObject({ status: 'fail', filename: 'exercises/02-bank/bank.ts', line_no: 7, duration: 20 });
  expect(tests[0]?.message).toContain('1.1 holds 1.1: lost update\nTwo deposits of 1 must give 2');
});

test('after a fault the job fails, and the reporter reports no points', () => {
  const { status, max_score, tests } = parsed(records.faultOfOne);
  expect({ status, max_score }).toEqual({ status: 'error', max_score: 0 });
  expect(tests).toHaveLength(1);
  expect(tests[0]?.message).toContain('The disk is full.');
});

test('fits into an environment variable, and keeps every task', () => {
  const huge = failedCheck('1.1', { evidence: '"'.repeat(10_000) });
  const record = gradeRecord(
    exercise(
      '01',
      Array.from({ length: 50 }, (_, at) => task(at + 1, [huge])),
    ),
  );
  expect(formats.classroom.render(record).length).toBeLessThan(128 * 1024);
  expect(parsed(record).tests).toHaveLength(50);
});

test('any text comes back as it was, but gives the log of the reporter no command', () => {
  const visible = (text: string) => text.replaceAll('\u200b', '');
  fc.assert(
    fc.property(hostileText, (hostile) => {
      const text = visible(printable(hostile));
      const { tests } = parsed(recordFull(hostile));
      expect(visible(tests[0]?.message ?? '')).toContain(`1.1 ${text}: lost update\n`);
      expect(visible(parsed(faultFull(hostile)).tests[0]?.message ?? '')).toContain(`the student's fault: ${text}`);
      for (const { name, message, filename } of tests)
        for (const printed of [name, message, filename]) expect(printed).not.toMatch(/::|##\[/);
    }),
  );
});
