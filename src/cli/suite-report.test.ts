import { expect, test } from 'vitest';
import type { Exercise } from '#src/course/index.ts';
import type { Outcome } from '#src/guide/index.ts';
import type { Check } from '#src/suite/index.ts';
import { suiteReport } from './suite-report.ts';
import type { Terminal } from './terminal.ts';

const terminal = { color: false } as Terminal;
const exercise = { id: '01', slug: '01-x', title: 'X', tasks: [{ title: 'Fast', points: 10 }] } as unknown as Exercise;
const check = (part: Partial<Check>): Check => ({
  id: '1.1',
  task: 1,
  title: 'is fast',
  state: 'passed',
  verdict: 'passed',
  milliseconds: 1,
  ...part,
});
const report = (checks: Check[], verdict: Check['verdict']) =>
  suiteReport(
    {
      exercise,
      result: { tasks: [{ number: 1, title: 'Fast', earned: verdict === 'passed', verdict, checks }] },
      first: checks.find(({ state }) => state !== 'passed'),
    } as unknown as Outcome,
    terminal,
  );
const measured = check({ sentence: 'Twice as fast.', evidence: 'yours ██\nreference █' });

test('shows what a passed check measured below its task', () => {
  expect(report([measured], 'passed').split('\n').slice(2)).toEqual([
    '✓ Task 1: Fast  10/10  1 of 1 check',
    '    Twice as fast.',
    '    yours ██',
    '    reference █',
  ]);
});

test('shows what a passed check measured although another check of its task failed', () => {
  const failed = check({ id: '1.2', title: 'is right', state: 'failed', verdict: 'failed', sentence: 'Wrong.' });
  const lines = report([measured, failed], 'failed').split('\n').slice(2);
  expect(lines.slice(0, 6)).toEqual([
    '✗ Task 1: Fast  0/10  1 of 2 checks',
    '    ✓ is fast',
    '    ✗ is right  failed',
    '    Twice as fast.',
    '    yours ██',
    '    reference █',
  ]);
  expect(lines.join('\n').match(/Twice/g)).toHaveLength(1);
});
