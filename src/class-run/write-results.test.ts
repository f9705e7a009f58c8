import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Exercise } from '#src/course/index.ts';
import type { ExerciseRecord, GradedStudent } from '#src/grade/index.ts';
import { temporaryFolder } from '#src/system/index.ts';
import { exercise, failedCheck, gradeRecord, task } from '#src/testing/grade-record.ts';
import { countMisconceptions, writeResults } from './write-results.ts';

const student = (name: string, ...exercises: ExerciseRecord[]): GradedStudent => ({
  student: name,
  fingerprint: 'f',
  record: gradeRecord(...exercises),
  sources: {},
});
const mistaken = (name: string) => failedCheck('1.1', { mistake: { name, misconception: `I believe in ${name}.` } });

test('counts for each exercise how many students made a mistake, the most frequent first', () => {
  const students = [
    student('ada', exercise('02', [task(1, [mistaken('no-lock')]), task(2, [mistaken('no-lock')])])),
    student('bob', exercise('01', [task(1, [mistaken('late')])]), exercise('02', [task(1, [mistaken('no-lock')])])),
    student('eve', exercise('02', [task(1, [mistaken('leaks')])])),
    { student: 'zoe', fingerprint: 'f', record: null, problem: 'It is empty.', sources: {} },
  ];
  const counted = countMisconceptions(students);
  expect(counted).toEqual({
    '01-bank': [{ name: 'late', misconception: 'I believe in late.', students: 1 }],
    '02-bank': [
      { name: 'no-lock', misconception: 'I believe in no-lock.', students: 2 },
      { name: 'leaks', misconception: 'I believe in leaks.', students: 1 },
    ],
  });
  expect(Object.keys(counted)).toEqual(['01-bank', '02-bank']);
});

test('has a row for each student and task, also of a student who was not judged, and no formulas', async () => {
  const { path, remove } = await temporaryFolder('kata-results-');
  try {
    const bank: Exercise = {
      ...{ id: '01', slug: '01-bank', title: 'Bank 01', chapter: 'Banks', minutes: 5 },
      files: { student: ['bank.ts'], given: [] },
      tasks: [{ title: 'Part 1', points: 4 }],
    };
    const broken = { student: 'b"ob', fingerprint: 'f', record: null, problem: 'It is empty.', sources: {} };
    await writeResults(path, path, [student('=ada()', exercise('01', [task(1, [])])), broken], [bank]);
    expect((await readFile(join(path, 'class.csv'), 'utf8')).split('\r\n')).toEqual([
      '"student","exercise","title","task","task title","points","attainable","verdict",' +
        '"first failing check","sentence"',
      expect.stringMatching(/^"'=ada\(\)","01-bank","Bank 01",1,"Part 1",0,4,"not implemented",/),
      '"b""ob","01-bank","Bank 01",1,"Part 1","",4,"not judged","","It is empty."',
      '',
    ]);
    const json = JSON.parse(await readFile(join(path, 'class.json'), 'utf8')) as unknown;
    expect(json).toEqual({
      version: 1,
      exercises: ['01-bank'],
      students: [
        { student: '=ada()', points: 0, attainable: 4 },
        { student: 'b"ob', points: null, attainable: 4, problem: 'It is empty.' },
      ],
      misconceptions: {},
    });
  } finally {
    await remove();
  }
});
