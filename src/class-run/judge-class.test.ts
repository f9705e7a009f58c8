import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gradedStudentSchema } from '#src/grade/index.ts';
import { records } from '#src/testing/grade-record.ts';
import { answers, slug } from '#src/testing/toy-course.ts';
import type { JudgedStudent } from './judge-class.ts';
import { studentFile } from './result-files.ts';
import { toyClass, type ToyClass } from './testing/toy-class.ts';

let toy: ToyClass;
let results: string;
beforeEach(async () => {
  toy = await toyClass();
  results = toy.out('results');
});
afterEach(() => toy.remove());

const how = (judged: readonly JudgedStudent[]) => judged.map((each) => `${each.graded.student} ${each.how}`);
const answer = (text: string) => ({ [`${slug}/answer.ts`]: text });
const fileOf = (student: string) => join(results, 'students', studentFile(student));

describe('a result', () => {
  test('is not lost to a run over other exercises', async () => {
    await toy.handIn('ada');
    await toy.judge();
    const before = await readFile(fileOf('ada'), 'utf8');
    const other = { ...toy.course, exercises: [{ ...toy.course.exercises[0]!, slug: '02-other' }] };
    await expect(toy.judge({ course: other })).rejects.toThrow(`holds the results of another exercise: ${slug}.`);
    expect(await readFile(fileOf('ada'), 'utf8')).toBe(before);
  });

  test('is written for each student, with the files that were judged', async () => {
    await toy.handIn('ada');
    await toy.handIn('bob', {});
    await toy.judge();
    const [ada, bob] = await Promise.all(
      ['ada', 'bob'].map(async (name) => gradedStudentSchema.parse(JSON.parse(await readFile(fileOf(name), 'utf8')))),
    );
    expect(ada).toMatchObject({ student: 'ada', record: { points: 4 } });
    expect(ada?.sources).toEqual({ [slug]: { 'answer.ts': answers.solution } });
    expect(bob).toMatchObject({ student: 'bob', record: null, sources: {} });
    expect(bob?.problem).toMatch(/^The folder is empty/);
    expect((await readdir(results)).sort()).toEqual(['class.csv', 'class.json', 'index.html', 'run.json', 'students']);
  });

  test('leaves out the text of a file that is no UTF-8', async () => {
    await toy.handIn('ada');
    await writeFile(join(toy.submissions, 'ada', slug, 'answer.ts'), Buffer.from([0xff, 0xfe, 0x61, 0]));
    const [ada] = await toy.judge();
    expect(ada?.graded).toMatchObject({ sources: {}, record: { points: 0 } });
  });
});

describe('run again', () => {
  test('keeps students whose files are the same', async () => {
    for (const name of ['ada', 'bob', 'eve']) await toy.handIn(name);
    const first = await toy.judge();
    await toy.handIn('bob', answer(answers.tooFew));
    const second = await toy.judge();
    expect(how(second)).toEqual(['ada kept', 'bob judged', 'eve kept']);
    expect(second[0]?.graded).toEqual(first[0]?.graded);
    expect(second[1]?.graded.record?.points).toBe(0);
  });

  test('judges again when something that judges has changed', async () => {
    await toy.handIn('ada');
    await toy.judge();
    expect(how(await toy.judge({ isolation: 'none' }))).toEqual(['ada judged']);
    expect(how(await toy.judge())).toEqual(['ada judged']);
    await writeFile(join(toy.root, 'tests', slug, `${slug}.test.ts`), '// another suite');
    expect(how(await toy.judge())).toEqual(['ada judged']);
    expect(how(await toy.judge())).toEqual(['ada kept']);
  });

  test.each<[string, (file: string) => Promise<unknown>]>([
    ['half-written', (file) => truncate(file, 100)],
    ['damaged', (file) => writeFile(file, '{"student": "ada"}')],
    ['missing', (file) => rm(file)],
    ["another student's", (file) => writeFile(file, JSON.stringify({ student: 'bob', fingerprint: '' }))],
  ])('judges a student again whose result is %s', async (_, damage) => {
    await toy.handIn('ada');
    const [whole] = await toy.judge();
    await damage(fileOf('ada'));
    const [again] = await toy.judge();
    expect(again).toMatchObject({ how: 'judged', graded: whole?.graded });
  });

  test('a damaged result of a student does not take that of another', async () => {
    await toy.handIn('ada');
    await toy.handIn('bob', answer(answers.tooFew));
    await toy.judge();
    await writeFile(fileOf('ada'), await readFile(fileOf('bob')));
    expect((await toy.judge()).map(({ graded }) => graded.record?.points)).toEqual([4, 0]);
  });

  test('removes what a killed run has left, and takes over its lock', async () => {
    await toy.handIn('ada');
    await mkdir(join(results, 'students'), { recursive: true });
    await writeFile(join(results, 'students/ada.json.123.tmp'), '{');
    // No process has this number: Linux counts to 4194304 at most, other systems to less.
    await writeFile(join(results, '.lock'), JSON.stringify({ pid: 99_999_999, host: hostname() }));
    await toy.judge();
    expect(await readdir(join(results, 'students'))).toEqual(['ada.json']);
    expect(await readdir(results)).not.toContain('.lock');
  });
});

test('is refused where another run writes, which goes on', async () => {
  await toy.handIn('ada');
  let second: unknown;
  const first = await toy.judge({
    judge: async () => {
      second = await toy.judge().catch((error: unknown) => error);
      return records.allPassed;
    },
  });
  expect(String(second)).toMatch(/Another run writes to ".*results" \(process \d+ on .*\)\. Wait until it has ended/);
  expect(how(first)).toEqual(['ada judged']);
  expect(how(await toy.judge())).toEqual(['ada kept']);
});

test('is refused where a run on another machine may write, which no process number can tell', async () => {
  await toy.handIn('ada');
  await mkdir(results);
  await writeFile(join(results, '.lock'), JSON.stringify({ pid: 99_999_999, host: 'elsewhere' }));
  await expect(toy.judge()).rejects.toThrow(/\(process 99999999 on elsewhere\)\. .* delete ".*\.lock"\.$/);
});

test('tries a fault once more at the end, and goes on', async () => {
  for (const name of ['ada', 'bob', 'eve']) await toy.handIn(name);
  const calls: string[] = [];
  const judged = await toy.judge({
    judge: ({ exercises }) => {
      const name = exercises.slice(toy.submissions.length + 1);
      calls.push(name);
      const fails = name === 'eve' || (name === 'ada' && calls.length === 1);
      return Promise.resolve(fails ? records.fault : records.allPassed);
    },
  });
  expect(how(judged)).toEqual(['ada judged', 'bob judged', 'eve judged', 'ada retried', 'eve retried']);
  expect(judged.map(({ graded }) => graded.record?.points)).toEqual([null, 8, null, 8, null]);
  const written = JSON.parse(await readFile(join(results, 'class.json'), 'utf8')) as { students: unknown[] };
  expect(written.students).toEqual([
    { student: 'ada', points: 8, attainable: 10 },
    { student: 'bob', points: 8, attainable: 10 },
    {
      student: 'eve',
      points: null,
      attainable: 10,
      problem: 'The grader or the machine failed, not the student. 01-bank: The disk is full.',
    },
  ]);
  expect(how(await toy.judge())).toEqual(['ada kept', 'bob kept', 'eve judged']);
});

test('estimates the time left from the students that were judged in this run', async () => {
  for (const name of ['ada', 'bob', 'eve', 'zoe']) await toy.handIn(name);
  await toy.judge({ shard: { number: 1, of: 4 } });
  const judged = await toy.judge();
  expect(how(judged)).toEqual(['ada kept', 'bob judged', 'eve judged', 'zoe judged']);
  const left = judged.map(({ millisecondsLeft }) => millisecondsLeft);
  const [, bob] = judged;
  expect(left[0]).toBeUndefined();
  expect(left[1]).toBeCloseTo(2 * (bob?.milliseconds ?? 0));
  expect(left[3]).toBe(0);
});

describe('the file of a result', () => {
  test.each(['ada', 'ada-lovelace', '2026_07.x'])('has the name of the student: %s', (name) => {
    expect(studentFile(name)).toBe(`${name}.json`);
  });

  const names = [
    'Ada',
    'ada',
    'ADA',
    'a b',
    'a-b',
    'a_b',
    'ä',
    'a\u0308',
    'con',
    'com1.x',
    'nul',
    '-rf',
    'a:b',
    'a\nb',
  ];

  test('has a name that every system takes', () => {
    for (const name of [...names, 'ü'.repeat(85), 'x'.repeat(255), 'a.', '~', 'C:\\x'])
      expect(studentFile(name)).toMatch(/^(?!(con|prn|aux|nul|com\d|lpt\d)\.)[\w.~-]{1,90}\.json$/);
  });

  test("is no other student's, also where upper and lower case are the same", () => {
    expect(new Set(names.map((name) => studentFile(name).toLowerCase())).size).toBe(names.length);
  });
});
