import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { slug } from '#src/testing/toy-course.ts';
import { locate } from './locate.ts';
import { toyClass, type ToyClass } from './testing/toy-class.ts';

let toy: ToyClass;
beforeAll(async () => {
  toy = await toyClass();
});
afterAll(() => toy.remove());

const locateFolder = (folder: string) => {
  const { root, course } = toy;
  return locate({ root, whole: course, course }, folder);
};

/** @returns where the exercises are, from the student's folder, or why there are none */
async function located(student: string, ...files: string[]): Promise<string> {
  await toy.handIn(student, Object.fromEntries(files.map((file) => [file, 'export {};\n'])));
  const folder = join(toy.submissions, student);
  const found = await locateFolder(folder);
  return typeof found === 'string' ? found : `.${found.exercises.slice(folder.length)}`;
}

test.each([
  ['in the folder itself', `${slug}/answer.ts`, '.'],
  ['in a folder of exercises', `exercises/${slug}/answer.ts`, './exercises'],
  ['one folder further down', `homework/${slug}/answer.ts`, './homework'],
  ['in a folder of exercises one folder further down', `repo/exercises/${slug}/answer.ts`, './repo/exercises'],
  ['in folders whose names differ in case', `Exercises/${slug.toUpperCase()}/Answer.TS`, './Exercises'],
])('finds exercises %s', async (student, file, place) => {
  expect(await located(student, file)).toBe(place);
});

test('ignores what macOS adds to an archive, and hidden folders', async () => {
  const hidden = ['__MACOSX', '.git'].map((folder) => `${folder}/${slug}/answer.ts`);
  expect(await located('mac', `homework/${slug}/answer.ts`, ...hidden)).toBe('./homework');
});

test('prefers the folder itself to one further down', async () => {
  expect(await located('both', `${slug}/answer.ts`, `old/${slug}/answer.ts`)).toBe('.');
});

test.each([
  ['empty', [], 'The folder is empty'],
  ['hidden files only', ['.gitignore'], 'The folder is empty'],
  ['an archive', ['homework.zip'], 'has no exercise of this course, neither in itself'],
  ['two folders deep', [`a/b/${slug}/answer.ts`], 'has no exercise of this course, neither in itself'],
  [
    'two candidates',
    [`a/${slug}/answer.ts`, `b/${slug}/answer.ts`],
    'Several folders have exercises of this course: a, b.',
  ],
  ['other files', [`${slug}/solution.ts`], 'none of the files that a student hands in'],
])('says what is wrong with a folder with %s', async (student, files, problem) => {
  expect(await located(student, ...files)).toContain(problem);
});

test('says that an exercise has another name, as in another version of the course', async () => {
  const { root, course } = toy;
  const [first] = course.exercises;
  const second = { ...first!, id: '02', slug: '02-second' };
  const both = { ...course, exercises: [first!, second] };
  await toy.handIn('renamed', { [`${slug}/answer.ts`]: '', '02-other/answer.ts': '' });
  const folder = join(toy.submissions, 'renamed');
  expect(await locate({ root, whole: both, course: both }, folder)).toContain(
    'The folder has 02-other where this course has 02-second',
  );
  // Who judges the first exercise only is not concerned.
  expect(await locate({ root, whole: both, course }, folder)).toEqual({ exercises: folder });
});

test('follows no link to a folder', async () => {
  await toy.handIn('links', {});
  await symlink(join(toy.root, 'solutions'), join(toy.submissions, 'links/exercises'), 'junction');
  expect(await locateFolder(join(toy.submissions, 'links'))).toContain('has no exercise of this course');
});

test.skipIf(process.platform !== 'linux')('says that a folder cannot be read', async () => {
  // Its name is no Unicode, and Node reads it as another one: even root cannot open that.
  await mkdir(Buffer.concat([Buffer.from(join(toy.submissions, 'n')), Buffer.from([0xff])]));
  expect(await locateFolder(join(toy.submissions, 'n\ufffd'))).toMatch(/^The folder cannot be read \(ENOENT\)\./);
});
