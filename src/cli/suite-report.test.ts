import { expect, test } from 'vitest';
import type { Exercise } from '#src/course/index.ts';
import type { Outcome } from '#src/guide/index.ts';
import type { Check } from '#src/suite/index.ts';
import { checkLine, suiteReport } from './suite-report.ts';
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

const failing = (id: string, title: string) =>
  check({ id, title, state: 'failed', verdict: 'leak', sentence: `${title} leaks.` });
const three = [check({}), failing('1.2', 'ends'), failing('1.3', 'tidies up')];
const outcome = {
  exercise,
  result: { tasks: [{ number: 1, title: 'Fast', earned: false, verdict: 'leak', checks: three }] },
  first: three[1],
} as unknown as Outcome;

test('explains the first failure in full, and names the others in a line each', () => {
  const text = suiteReport(outcome, terminal, { live: true });
  expect(text).toContain('leak · 1.2 ends\n  ends leaks.');
  expect(text).toContain('One more check fails. Fix this one first. To see another in full: npm run kata run 01 1.3');
  expect(text).toContain('    1.3 tidies up  leak');
  expect(text).not.toContain('tidies up leaks.');
  // Each check was printed as it ended.
  expect(text).not.toContain('✓ is fast');
});

test.each([
  ['all', ['ends leaks.', 'tidies up leaks.'], []],
  ['1.3', ['tidies up leaks.'], ['ends leaks.']],
])('explains %s', (explain, shown, hidden) => {
  const text = suiteReport(outcome, terminal, { explain });
  for (const each of shown) expect(text).toContain(each);
  for (const each of hidden) expect(text).not.toContain(each);
});

test('says what mistake a failure looks like, and whether its place was seen', () => {
  const mistake = { name: 'no-join', misconception: 'A child ends by itself.' };
  const explained = { ...failing('1.2', 'ends'), file: 'exercises/01-x/x.ts', line: 3, mistake };
  expect(report([explained], 'leak')).toContain(
    '  at exercises/01-x/x.ts:3\n  This looks like a common mistake: "A child ends by itself."',
  );
  expect(report([{ ...explained, likely: true }], 'leak')).toContain('  look first at exercises/01-x/x.ts:3');
});

test('a check as it ends', () => {
  expect(checkLine(check({}), terminal)).toBe('  ✓ 1.1 is fast');
  expect(checkLine(failing('1.2', 'ends'), terminal)).toBe('  ✗ 1.2 ends  leak');
});
