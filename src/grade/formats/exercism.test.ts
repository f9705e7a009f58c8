import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { exercise, failedCheck, faultFull, gradeRecord, recordFull, records, task } from '#src/testing/grade-record.ts';
import { checkText } from '../check-text.ts';
import type { GradeRecord } from '../record.ts';
import { formats } from './index.ts';
import { printable } from './printable.ts';
import { hostileText } from './testing/hostile-text.ts';

const name = z.string().min(1);
const message = z.string().min(1);

/**
 * exercism/docs, building/tooling/test-runners/interface.md, "Output format": which statuses there are, which of them
 * need a message, and how long a message and an output may be.
 */
const schema = z
  .strictObject({
    version: z.literal(3),
    status: z.enum(['pass', 'fail', 'error']),
    message: z.string().nullable(),
    tests: z.array(
      z.discriminatedUnion('status', [
        z.strictObject({
          status: z.literal('pass'),
          name,
          message: z.string().nullable(),
          output: z.string().max(500).optional(),
          task_id: z.int().min(1).optional(),
        }),
        z.strictObject({
          status: z.enum(['fail', 'error']),
          name,
          message,
          output: z.string().max(500).optional(),
          task_id: z.int().min(1).optional(),
        }),
      ]),
    ),
  })
  .refine((results) => (results.status === 'error') === (results.message !== null))
  .refine(({ message }) => message === null || Buffer.byteLength(message) <= 65_535)
  .refine(({ status, tests }) => status !== 'pass' || tests.every((each) => each.status === 'pass'))
  .refine(({ status, tests }) => status !== 'fail' || tests.some((each) => each.status !== 'pass'))
  .refine(({ status, tests }) => status !== 'error' || tests.every((each) => each.status === 'error'));

const parsed = (record: GradeRecord) => schema.parse(JSON.parse(formats.exercism.render(record)));

test.each([
  ['mixed', 'fail'],
  ['allPassed', 'pass'],
  ['inconclusive', 'pass'],
  ['nothing', 'fail'],
  ['stopped', 'fail'],
  ['fault', 'error'],
  ['faultOfOne', 'fail'],
] as const)('the record %s follows the interface, with the status %s', (key, status) => {
  expect(parsed(records[key]).status).toBe(status);
});

test('lists the checks in their order, with their task where one exercise was graded', () => {
  const { tests } = parsed(gradeRecord(...records.mixed.exercises.slice(1)));
  expect(tests.slice(0, 3)).toEqual([
    { name: '1.1 holds 1.1', status: 'pass', message: null, task_id: 1 },
    { name: '1.2 holds 1.2', status: 'fail', message: checkText(failedCheck('1.2')), task_id: 1 },
    { name: '2.1 holds 2.1', status: 'pass', message: 'This machine cannot tell.', task_id: 2 },
  ]);
  const ofSeveral = parsed(records.mixed).tests;
  expect(ofSeveral[0]?.name).toBe('01 Bank 01, 1.1 holds 1.1');
  expect(ofSeveral.every(({ task_id }) => task_id === undefined)).toBe(true);
});

test('a fault is an error, never a failed check', () => {
  const text = "01 Bank 01 has no verdict, and that is not the student's fault: The disk is full.\nENOSPC";
  expect(parsed(records.fault)).toEqual({
    version: 3,
    status: 'error',
    message: text,
    tests: [{ name: '01 Bank 01', status: 'error', message: text }],
  });
});

test('keeps the message of a run in which nothing was executed below its limit', () => {
  const missing = failedCheck('1.1', { state: 'missing', evidence: 'ü'.repeat(100_000) });
  const { status, message: text } = parsed(gradeRecord(exercise('01', [task(1, [missing])])));
  expect(status).toBe('error');
  expect(text).toContain('they give 1.');
});

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(hostileText, (hostile) => {
      const text = printable(hostile);
      const [first] = parsed(recordFull(hostile)).tests;
      expect(first?.name).toBe(`1.1 ${text}`);
      const wanted = failedCheck('1.1', { sentence: text, evidence: text, file: text });
      expect(first?.message).toBe(checkText({ ...wanted, mistake: { name: text, misconception: text } }));
      expect(parsed(faultFull(hostile)).message).toContain(`the student's fault: ${text}`);
    }),
  );
});
