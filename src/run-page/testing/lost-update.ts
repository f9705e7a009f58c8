import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#src/course/index.ts';
import type { Check, SuiteResult } from '#src/suite/index.ts';
import type { Shown } from '../run-page.ts';

const exercise: Exercise = {
  id: '02',
  slug: '02-bank',
  title: 'Bank & vault',
  chapter: 'Races',
  minutes: 10,
  files: { student: ['bank.ts', 'vault.ts'], given: ['try.ts'] },
  tasks: [{ title: 'Deposit', points: 10 }],
};

/** A lost update in bank.ts: A reads, B reads and writes, A overwrites. */
export const timeline: NonNullable<Check['timeline']> = {
  lanes: ['A', 'B'],
  words: ['count'],
  initial: ['0'],
  file: 'bank.ts',
  rows: [
    { step: 1, lane: 0, text: 'read count → 0', place: ':2', values: ['0'] },
    { step: 2, lane: 1, text: 'read count → 0', place: ':2', values: ['0'], preempts: true },
    { step: 3, lane: 1, text: 'write count ← 1', place: ':3', values: ['1'] },
    { leftOut: 'the same 3 times more' },
    { step: 7, lane: 0, text: 'write count ← 1', place: ':3', values: ['1'], cause: true },
    { lane: 0, text: 'is done', values: ['1'] },
  ],
};

const sources = {
  'bank.ts': 'export function deposit(count: Int32Array) {\n  const before = count[0]!;\n  count[0] = before + 1;\n}\n',
  'vault.ts': 'export const vault = "</script>";\n',
  'try.ts': 'deposit();\n',
};

/** @returns a check that failed with the schedule, unless `changes` say otherwise */
export const failed = (id: string, changes: Partial<Check> = {}): Check => ({
  id,
  task: 1,
  title: `loses no update, check ${id}`,
  state: 'failed',
  verdict: 'lost update',
  sentence: 'count is 1, wanted 2.',
  evidence: 'A  read 0\nB  read 0',
  timeline,
  file: 'exercises/02-bank/bank.ts',
  line: 3,
  milliseconds: 5,
  ...changes,
});

/** @returns a run with these checks */
export function ran(...checks: Check[]): Shown {
  const earned = checks.every(({ state }) => state === 'passed');
  const verdict = checks.find(({ state }) => state !== 'passed')?.verdict ?? 'passed';
  const result: SuiteResult = { tasks: [{ number: 1, title: 'Deposit', earned, verdict, checks }] };
  return { exercise, project: 'exercises', result };
}

/** Writes the student's files. */
export async function writeSources(root: string): Promise<void> {
  const folder = join(root, 'exercises', exercise.slug);
  await mkdir(folder, { recursive: true });
  await Promise.all(Object.entries(sources).map(([name, text]) => writeFile(join(folder, name), text)));
}
