import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '#src/system/index.ts';
import { findStudents, inShard, parseShard } from './find-students.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder('kata-class ü ');
});
afterEach(() => folder.remove());

test('finds a student in each folder, and ignores hidden folders, files and links', async () => {
  for (const name of ['Zoë', 'ada', '.git', '__MACOSX']) await mkdir(join(folder.path, name));
  await writeFile(join(folder.path, 'grades.csv'), '');
  await symlink(join(folder.path, 'ada'), join(folder.path, 'link'), 'junction');
  expect(await findStudents(folder.path)).toEqual({
    students: ['Zoë', 'ada'],
    ignored: ['.git', '__MACOSX', 'grades.csv', 'link'],
  });
});

test('says what is wrong with a folder that holds no students', async () => {
  await writeFile(join(folder.path, 'file'), '');
  const reasonFor = (path: string) =>
    findStudents(path).catch((error: Error) => /" holds no submissions: (.+?)\. Give/.exec(error.message)?.[1]);
  expect(await reasonFor(folder.path)).toBe('it holds no folder');
  expect(await reasonFor(join(folder.path, 'file'))).toBe('it is a file, not a folder');
  expect(await reasonFor(join(folder.path, 'nowhere'))).toBe('there is no such folder');
});

test('every student is in exactly one shard, whatever their number', () => {
  const students = Array.from({ length: 11 }, (_, at) => `student ${at}`);
  for (const of of [1, 2, 3, 20]) {
    const shards = Array.from({ length: of }, (_, at) => inShard(students, { number: at + 1, of }));
    expect(shards.flat().sort()).toEqual([...students].sort());
    const sizes = shards.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }
  expect(inShard(students, { number: 3, of: 5 })).toEqual(['student 2', 'student 7']);
});

test('reads a shard as the third of twenty', () => {
  expect(parseShard('3/20')).toEqual({ number: 3, of: 20 });
});

test.each(['', '3', '0/20', '21/20', '3/0', '-1/2', '1.5/2', '1/2/3', ' 1/2', 'a/b'])(
  'refuses the shard "%s"',
  (text) => {
    expect(() => parseShard(text)).toThrow(`--shard must be like 3/20`);
  },
);
