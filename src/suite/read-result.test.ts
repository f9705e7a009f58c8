import { describe, expect, test } from 'vitest';
import { readResult } from './read-result.ts';
import type { SuiteRun } from './results.ts';
import type { Annotation, Message, ReportedError } from './messages.ts';
import type { Ending } from './vitest-process.ts';

const suiteRun: SuiteRun = {
  root: '/c',
  folder: '/c/exercises/01-x',
  inline: false,
  timeoutMilliseconds: 5_000,
  outputLimit: 2 ** 20,
};
const exited = (code: number | null, signal: NodeJS.Signals | null = null): Ending => ({
  how: 'exited',
  code,
  signal,
  output: 'said /c/src/x.ts',
});
const start: Message = { type: 'start', files: ['/c/tests/01-x/x.test.ts'] };
const collected = (...names: [string, string][]): Message => ({
  type: 'collected',
  file: '/c/tests/01-x/x.test.ts',
  checks: names.map((path) => ({ id: path[1], names: path, skipped: false, requirements: [] })),
});
const ended = (id: string, error?: Partial<ReportedError>, annotations: Annotation[] = []): Message[] => [
  { type: 'check-started', id },
  {
    type: 'check-ended',
    id,
    state: error ? 'failed' : 'passed',
    errors: error ? [{ name: 'Error', message: '', ...error }] : [],
    milliseconds: 1.4,
    annotations,
  },
];
const end = (reason: 'passed' | 'failed' | 'interrupted', unhandled: ReportedError[] = []): Message => ({
  type: 'end',
  reason,
  unhandled,
});
const two = collected(['Task 1: One', 'a'], ['Task 2: Two', 'b']);

describe('a run that all agree on', () => {
  test('earns its tasks', () => {
    expect(readResult([start, two, ...ended('a'), ...ended('b'), end('passed')], exited(0), suiteRun)).toEqual({
      tasks: [
        {
          number: 1,
          title: 'One',
          earned: true,
          verdict: 'passed',
          checks: [{ id: '1.1', task: 1, title: 'a', state: 'passed', verdict: 'passed', milliseconds: 1 }],
        },
        {
          number: 2,
          title: 'Two',
          earned: true,
          verdict: 'passed',
          checks: [{ id: '2.1', task: 2, title: 'b', state: 'passed', verdict: 'passed', milliseconds: 1 }],
        },
      ],
    });
  });

  test('tells a failure with paths from the root and without colour', () => {
    const stack = 'Error\n    at /c/exercises/01-x/answer.ts:3:1';
    const { tasks } = readResult(
      [
        start,
        two,
        ...ended('a', { name: 'TypeError', message: 'no \u001b[31m/c/x.ts\u001b[39m', stack }),
        ...ended('b'),
        end('failed'),
      ],
      exited(1),
      suiteRun,
    );
    expect(tasks[0]?.checks[0]).toMatchObject({
      state: 'failed',
      verdict: 'failed',
      sentence: 'TypeError: no x.ts',
      file: 'exercises/01-x/answer.ts',
      line: 3,
      column: 1,
    });
  });

  test.each([
    ['a name that no verdict has', { verdict: 'superb' }, 'failed'],
    ['a Finding in a cause', { cause: { name: 'Finding', message: 'm', verdict: 'leak' } }, 'leak'],
  ])('names the verdict: %s', (_name, error, verdict) => {
    expect(
      readResult([start, two, ...ended('a', error), ...ended('b'), end('failed')], exited(1), suiteRun).tasks[0]
        ?.verdict,
    ).toBe(verdict);
  });
});

test('a check that passed without being able to tell is inconclusive, and costs nothing', () => {
  const unsure = [
    { type: 'measured', message: '1.1×' },
    { type: 'inconclusive', message: 'One processor.' },
  ];
  const { tasks, fault } = readResult(
    [start, two, ...ended('a', undefined, unsure), ...ended('b'), end('passed')],
    exited(0),
    suiteRun,
  );
  expect(fault).toBeUndefined();
  expect(tasks[0]).toMatchObject({
    earned: true,
    verdict: 'inconclusive',
    checks: [{ state: 'inconclusive', verdict: 'inconclusive', sentence: 'One processor.' }],
  });
});

test('a check that passed keeps what it measured, with the chart apart', () => {
  const measured = [{ type: 'measured', message: '1.93× as fast.\n\nsequential ██\nyours █' }];
  const messages = [start, two, ...ended('a', undefined, measured), ...ended('b'), end('passed')];
  expect(readResult(messages, exited(0), suiteRun).tasks[0]).toMatchObject({
    earned: true,
    verdict: 'passed',
    checks: [{ state: 'passed', sentence: '1.93× as fast.', evidence: 'sequential ██\nyours █' }],
  });
});

describe('a run that was stopped', () => {
  const stopped: Ending = { how: 'timeout', code: null, signal: 'SIGKILL', output: '' };

  test('keeps what was earned; the running check is to blame, the ones behind it did not run', () => {
    const three = collected(['Task 1: One', 'a'], ['Task 2: Two', 'b'], ['Task 2: Two', 'c']);
    const {
      tasks,
      fault,
      stopped: why,
    } = readResult([start, three, ...ended('a'), { type: 'check-started', id: 'b' }], stopped, suiteRun);
    expect({ fault, why }).toEqual({ fault: undefined, why: 'timeout' });
    expect(tasks.map(({ earned, verdict, checks }) => [earned, verdict, checks.map(({ state }) => state)])).toEqual([
      [true, 'passed', ['passed']],
      [false, 'timeout', ['failed', 'missing']],
    ]);
  });

  test('is a fault when not even its checks are known', () => {
    expect(readResult([start], stopped, suiteRun).fault?.sentence).toBe(
      'The suite was stopped (timeout) before its first check was known.',
    );
  });
});

describe('a run that cannot be believed', () => {
  const done = [start, two, ...ended('a'), ...ended('b')];
  test.each<[string, Message[], Ending, string]>([
    [
      'a kill from outside',
      done,
      exited(null, 'SIGKILL'),
      'The run was killed from outside (SIGKILL) before the suite had ended.',
    ],
    ['a Vitest that does not start', [], exited(1), 'Vitest ended with exit code 1 before it began.'],
    [
      'an exit code that says otherwise',
      [...done, end('passed')],
      exited(1),
      'The checks say passed, Vitest says passed and ended with exit code 1.',
    ],
    [
      'a reason that says otherwise',
      [...done, end('interrupted')],
      exited(0),
      'The checks say passed, Vitest says interrupted and ended with exit code 0.',
    ],
    [
      'a failed run without a failed check',
      [...done, end('failed')],
      exited(1),
      'The checks say passed, Vitest says failed and ended with exit code 1.',
    ],
    [
      'a suite file that broke',
      [
        start,
        { type: 'file-ended', file: '/c/tests/01-x/x.test.ts', errors: [{ name: 'Error', message: 'broke' }] },
        end('failed'),
      ],
      exited(1),
      'tests/01-x/x.test.ts could not be run: broke',
    ],
    ['a suite without checks', [start, collected(), end('passed')], exited(0), 'The suite has no checks.'],
    [
      'an error of the suite',
      [...done, end('passed', [{ name: 'Error', message: 'of the suite', test: 'a' }])],
      exited(1),
      "The suite's process had an uncaught error: Error: of the suite",
    ],
  ])('%s', (_name, messages, ending, sentence) => {
    expect(readResult(messages, ending, suiteRun).fault).toEqual({ sentence, output: 'said src/x.ts' });
  });

  test('an uncaught Finding is the failure of the check that ran', () => {
    const { tasks, fault } = readResult(
      [...done, end('passed', [{ name: 'Finding', message: 'It crashed.', verdict: 'crash', test: 'a' }])],
      exited(1),
      suiteRun,
    );
    expect(fault).toBeUndefined();
    expect(tasks.map(({ verdict }) => verdict)).toEqual(['crash', 'passed']);
  });

  test('a check that never ended is missing', () => {
    expect(readResult([start, two, ...ended('a'), end('passed')], exited(0), suiteRun).tasks[1]).toMatchObject({
      earned: false,
      verdict: 'failed',
      checks: [{ state: 'missing' }],
    });
  });
});
