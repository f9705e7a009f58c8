import { expect, test } from 'vitest';
import type { Exercise } from '#src/course/index.ts';
import { parseAttack, type Attack } from './attack.ts';
import { attackTable, judgeAttack, type DoneAttack } from './attacks.ts';
import type { Aftermath, Graded } from './lab.ts';

const exercise = {
  id: '01',
  files: { student: ['answer.ts'] },
  tasks: [{ title: 'Say' }, { title: 'Act' }],
} as unknown as Exercise;

const header = `// Exercise: 01
// File: answer.ts
// Task: 1
// Keeps: 2
// Class: ends a process
// Attack: Ends the process, and
//   says nothing.
// Verdict: crash or failed
// With namespaces: stopped
// Without namespaces: wins
`;
const parse = (text: string) => parseAttack('exits.ts', `${text}\nprocess.exit(0);\n`, [exercise]);
const attack: Attack = parse(header);

test('reads the header of an attack', () => {
  expect(attack).toMatchObject({
    name: 'exits',
    exercise: '01',
    file: 'answer.ts',
    task: 1,
    keeps: [2],
    kind: 'ends a process',
    sentence: 'Ends the process, and says nothing.',
    verdicts: ['crash', 'failed'],
    known: { namespaces: 'stopped', processes: 'wins' },
  });
});

test.each([
  ['// Class: ends a process\n', '', 'tests/attacks/exits.ts: Class must be given, got nothing.'],
  ['Exercise: 01', 'Exercise: 02', 'Exercise must be the number of an exercise, got "02".'],
  ['answer.ts', 'given.ts', 'File must be a file that students write in 01, got "given.ts".'],
  ['Task: 1', 'Task: 3', 'Task must be the number of a task, got "3".'],
  ['Keeps: 2', 'Keeps: 2 3', 'Keeps must be numbers of tasks with ", " between them, got "2 3".'],
  ['crash or failed', 'inconclusive', 'Verdict must be a verdict that costs points'],
  ['With namespaces: stopped', 'With namespaces: yes', 'With namespaces must be "stopped", "wins" or "not measured"'],
  ['Class:', 'Kind:', 'a line of the header must be one of'],
])('refuses a header with %s replaced by %s', (before, after, message) => {
  expect(() => parse(header.replace(before, after))).toThrow(message);
});

const task = (number: number, verdict: Graded['tasks'][number]['verdict']) => ({
  number,
  verdict,
  checks: [],
  keepsPoints: verdict === 'passed',
});
const graded: Graded = { tasks: [task(1, 'crash'), task(2, 'passed')], level: 'namespaces', fault: undefined };
const quiet: Aftermath = { graded, ending: 'exit code 0', touched: [], survivors: [] };

test('an attack is stopped by one of its verdicts, where nothing else has happened', () => {
  expect(judgeAttack(attack, 'namespaces', quiet)).toEqual({ result: 'stopped', summary: 'crash in task 1' });
});

test.each<[string, Partial<Aftermath>]>([
  ['the grader ended with SIGKILL', { graded: undefined, ending: 'SIGKILL' }],
  ['fault: no disk', { graded: { ...graded, fault: 'no disk' } }],
  ['it was graded at level processes', { graded: { ...graded, level: 'processes' } }],
  ['wanted crash or failed in task 1, got inconclusive', { graded: { ...graded, tasks: [task(1, 'inconclusive')] } }],
  ['task 2 lost its points: leak', { graded: { ...graded, tasks: [task(1, 'crash'), task(2, 'leak')] } }],
  ['files changed: a, b, c, …', { touched: ['a', 'b', 'c', 'd'] }],
  ['processes left: sleep (12)', { survivors: ['sleep (12)'] }],
])('an attack wins: %s', (summary, changed) => {
  expect(judgeAttack(attack, 'namespaces', { ...quiet, ...changed })).toEqual({ result: 'wins', summary });
});

test('counts by class what each level stops', () => {
  const done = (kind: string, level: DoneAttack['level'], result: DoneAttack['result']): DoneAttack => ({
    ...{ label: '', kind, level, result, known: result },
    holds: true,
    summary: '',
    milliseconds: 1,
  });
  const table = attackTable([
    done('reads', 'namespaces', 'stopped'),
    done('reads', 'processes', 'wins'),
    done('exits', 'namespaces', 'stopped'),
    done('exits', 'processes', 'stopped'),
  ]);
  expect(table).toEqual([
    '| class of attack | number | stopped by namespaces | stopped by processes |',
    '| --------------- | -----: | --------------------: | -------------------: |',
    '| exits           |      1 |                1 of 1 |               1 of 1 |',
    '| reads           |      1 |                1 of 1 |               0 of 1 |',
    '| all             |      2 |                2 of 2 |               1 of 2 |',
  ]);
});
