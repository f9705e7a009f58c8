import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { failedCheck, faultFull, recordFull, records } from '#src/testing/grade-record.ts';
import { checkText } from '../check-text.ts';
import type { GradeRecord } from '../record.ts';
import { formats } from './index.ts';
import { printable } from './printable.ts';
import { hostileText } from './testing/hostile-text.ts';

const textFormat = z.enum(['text', 'simple_format', 'html', 'md', 'ansi']);
const visibility = z.enum(['hidden', 'after_due_date', 'after_published', 'visible']);

/** https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format" and the sections below it. */
const schema = z.strictObject({
  score: z.number().optional(),
  execution_time: z.number().optional(),
  output: z.string().optional(),
  output_format: textFormat.optional(),
  test_output_format: textFormat.optional(),
  test_name_format: textFormat.optional(),
  visibility: visibility.optional(),
  tests: z.array(
    z.strictObject({
      score: z.number().optional(),
      max_score: z.number().optional(),
      status: z.enum(['passed', 'failed']).optional(),
      name: z.string().optional(),
      number: z.string().optional(),
      output: z.string().optional(),
    }),
  ),
});

const parsed = (record: GradeRecord) => schema.parse(JSON.parse(formats.gradescope.render(record)));

test.each(Object.entries(records))('the record %s follows the specification', (_, record) => {
  const { score, tests } = parsed(record);
  const sum = tests.reduce((total, each) => total + (each.score ?? 0), 0);
  if (record.points === null) expect([score, sum]).toEqual([undefined, 0]);
  else expect([score, sum]).toEqual([record.points, record.points]);
});

test('lists the tasks, each with what its checks say', () => {
  const { output, output_format, execution_time, tests } = parsed(records.mixed);
  expect({ output, output_format, execution_time }).toEqual({
    output: 'Total: 8 of 16 points (50 %)',
    output_format: 'text',
    execution_time: 3,
  });
  expect(tests).toEqual([
    {
      name: '01 Bank 01, task 1: Part 1',
      number: '1.1',
      status: 'passed',
      score: 4,
      max_score: 4,
      output: '2 of 2 checks passed.',
    },
    {
      name: '02 Bank 02, task 1: Part 1',
      number: '2.1',
      status: 'failed',
      score: 0,
      max_score: 4,
      output: `1 of 2 checks passed.\n\n1.2 holds 1.2: lost update\n${checkText(failedCheck('1.2'))}`,
    },
    expect.objectContaining({ number: '2.2', status: 'passed', score: 4 }),
    expect.objectContaining({ number: '2.3', status: 'failed', score: 0 }),
  ]);
});

test('has no score anywhere after a fault, and says why', () => {
  const { output, tests } = parsed(records.faultOfOne);
  const fault = "02 Bank 02 has no verdict, and that is not the student's fault: The disk is full.\nENOSPC";
  expect(output).toBe(`There is no score: grade again.\n${fault}`);
  expect(tests).toEqual([
    {
      name: '01 Bank 01, task 1: Part 1',
      number: '1.1',
      status: 'passed',
      output: '4 of 4 points.\n1 of 1 checks passed.',
    },
    { name: '02 Bank 02', number: '2', status: 'failed', output: fault },
  ]);
});

test('shows text as text: Gradescope takes the output of the submission for HTML otherwise', () => {
  const { output_format, test_output_format, test_name_format } = parsed(recordFull('<b>'));
  expect([output_format, test_output_format, test_name_format]).toEqual(['text', 'text', 'text']);
});

test('any text comes back as it was', () => {
  fc.assert(
    fc.property(hostileText, (hostile) => {
      const text = printable(hostile);
      const { output, tests } = parsed(recordFull(hostile));
      expect(tests[0]?.name).toBe(`01 ${text}, task 1: ${text}`);
      expect(tests[0]?.output).toContain(`1.1 ${text}: lost update\n`);
      expect(output).toContain(`01: missing: ${text}\n`);
      expect(parsed(faultFull(hostile)).output).toContain(`the student's fault: ${text}`);
    }),
  );
});
