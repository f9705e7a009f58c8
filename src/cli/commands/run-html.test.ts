import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check, SuiteResult } from '#src/suite/index.ts';
import { cmd } from '../testing/cmd.ts';
import { type FixtureCourse, fixtureCourse } from '../testing/fixture-course.ts';

let course: FixtureCourse;
beforeAll(async () => {
  course = await fixtureCourse();
});
afterAll(() => course.remove());

const timeline: NonNullable<Check['timeline']> = {
  lanes: ['A', 'B'],
  words: ['count'],
  initial: ['0'],
  file: 'double.ts',
  rows: [{ step: 1, lane: 0, text: 'read count → 0', place: ':1', values: ['0'] }],
};

/** `kata run 02` with a suite whose only check says this. */
function kata(changes: Partial<Check>, ...words: string[]) {
  const check: Check = {
    ...{ id: '1.1', task: 1, title: 'loses no update', state: 'failed', verdict: 'lost update', milliseconds: 1 },
    ...changes,
  };
  const earned = check.state === 'passed';
  const result: SuiteResult = {
    tasks: [{ number: 1, title: 'Double', earned, verdict: check.verdict, checks: [check] }],
  };
  return cmd({ root: course.root, runSuite: () => Promise.resolve(result) }, 'run', '02', ...words);
}

test('writes the page of a failing schedule, with the source that it names', async () => {
  const file = join(course.root, 'report.html');
  await kata({ timeline }, '--html', file).output(`Step through the schedule in a browser: ${file}`).failure();
  const page = await readFile(file, 'utf8');
  expect(page).toContain('id="player"');
  expect(page).toContain('export function double(a: number): number {');
});

test('says in one sentence that there is no schedule, and the exit code is that of the run', async () => {
  const file = join(course.root, 'report.html');
  const sentence = `No check failed with a schedule, so ${file} has nothing to step through.`;
  await kata({}, '--html', file).output(sentence).failure();
  await kata({ state: 'passed', verdict: 'passed', timeline }, '--html', file).output(sentence).success();
  expect(await readFile(file, 'utf8')).toContain('1 of 1 checks passed.');
});

test('with --json only the JSON is on standard output', async () => {
  const file = join(course.root, 'report.html');
  const { out } = await kata({ timeline }, '--json', '--html', file).error('Step through the schedule').failure();
  expect(JSON.parse(out)).toMatchObject({ exercise: '02-double' });
});

test('says where the page cannot be written', async () => {
  const file = join(course.root, 'nowhere', 'report.html');
  await kata({ timeline }, '--html', file).error(`"${file}" cannot be written (ENOENT)`).failure(2);
});
