import { mkdir, readdir, readFile, symlink, truncate, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Exercise, loadCourse } from '#src/course/index.ts';
import { answers, slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { largestFile } from './read-submitted.ts';
import { findSubmission, takeFiles } from './submission.ts';
import { type TemporaryFolder, temporaryFolder } from '#src/system/index.ts';

let toy: ToyCourse;
let exercise: Exercise;
let outside: TemporaryFolder;
let to: string;

beforeEach(async () => {
  [toy, outside] = [await toyCourse(), await temporaryFolder('kata-submission ü ')];
  [exercise] = (await loadCourse(toy.root)).exercises as [Exercise];
  to = join(outside.path, 'taken');
  await mkdir(to);
});
afterEach(async () => {
  await Promise.all([toy.remove(), outside.remove()]);
});

/** Hands in a folder with one exercise, made by `fill`, and takes its files. */
async function handIn(fill: (folder: string) => Promise<unknown>) {
  const folder = join(outside.path, 'handed in', slug);
  await mkdir(folder, { recursive: true });
  await fill(folder);
  return takeFiles(toy.root, exercise, await findSubmission(toy.root, dirname(folder)), to);
}

const answer = (folder: string) => join(folder, 'answer.ts');
const none = { taken: [], missing: [], refused: [], notTaken: [] };

test('takes the files of the student', async () => {
  expect(await handIn((folder) => writeFile(answer(folder), answers.solution))).toEqual({
    ...none,
    taken: ['answer.ts'],
  });
});

test('tells what is missing, and what is there without being asked for', async () => {
  const found = await handIn(async (folder) => {
    await mkdir(join(folder, 'more'));
    for (const name of ['helper.ts', 'given.ts', 'more/x.ts', 'README.md'])
      await writeFile(join(folder, name), 'export {};\n');
  });
  expect(found).toEqual({
    ...none,
    missing: ['answer.ts'],
    notTaken: ['given.ts', 'helper.ts', 'more/x.ts'].map((name) => `exercises/${slug}/${name}`),
  });
});

test('an exercise that was not handed in is missing', async () => {
  const submission = await findSubmission(toy.root, outside.path);
  expect(await takeFiles(toy.root, exercise, submission, to)).toEqual({ ...none, missing: ['answer.ts'] });
});

test('takes the files of an exercise that this one builds on, and misses none of them', async () => {
  const base: Exercise = { ...exercise, slug: '00-base', files: { student: ['base.ts', 'more.ts'], given: [] } };
  exercise = { ...exercise, uses: [base] };
  const found = await handIn(async (folder) => {
    const beside = join(dirname(folder), '00-base');
    await mkdir(beside);
    for (const name of ['base.ts', 'other.ts']) await writeFile(join(beside, name), 'export {};\n');
    await writeFile(answer(folder), answers.solution);
  });
  expect(found).toEqual({ ...none, taken: ['answer.ts'] });
  expect(await readdir(join(to, '..', '00-base'))).toEqual(['base.ts']);
});

test.each<[string, string, (folder: string) => Promise<unknown>]>([
  ['a symbolic link', 'it is a symbolic link', (folder) => symlink('/etc/passwd', answer(folder))],
  ['a folder', 'it is a folder', (folder) => mkdir(answer(folder))],
  [
    'a huge file',
    `it has ${largestFile + 1} bytes, more than ${largestFile}`,
    async (folder) => {
      await writeFile(answer(folder), '');
      await truncate(answer(folder), largestFile + 1);
    },
  ],
])('does not read %s', async (_name, reason, fill) => {
  expect(await handIn(fill)).toEqual({ ...none, refused: [{ file: 'answer.ts', reason }] });
});

test('takes a file with the line endings of Windows, and under names that differ in case', async () => {
  const base = join(outside.path, 'from Windows');
  const folder = join(base, 'Exercises', slug.toUpperCase());
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'Answer.ts'), answers.solution.replaceAll('\n', '\r\n'));
  await writeFile(join(folder, 'Given.ts'), 'export const wanted = 42;\r\n');
  expect(await takeFiles(toy.root, exercise, await findSubmission(toy.root, base), to)).toEqual({
    ...none,
    taken: ['answer.ts'],
  });
  expect(await readFile(join(to, 'answer.ts'), 'utf8')).toBe(answers.solution);
});

test.skipIf(process.platform !== 'linux')(
  'does not guess which of two names that differ in case is meant',
  async () => {
    const found = await handIn(async (folder) => {
      for (const name of ['Answer.ts', 'ANSWER.ts']) await writeFile(join(folder, name), answers.solution);
    });
    expect(found.refused).toEqual([{ file: 'answer.ts', reason: 'ANSWER.ts and Answer.ts differ in case only' }]);
  },
);

test('prefers the exact name, and does not read a link whose name differs in case', async () => {
  const both = await handIn(async (folder) => {
    await writeFile(answer(folder), answers.solution);
    if (process.platform === 'linux') await symlink('/etc/passwd', join(folder, 'Answer.ts'));
  });
  expect(both).toMatchObject({ taken: ['answer.ts'], refused: [] });
  await unlink(join(outside.path, 'handed in', slug, 'answer.ts'));
  expect((await handIn(() => Promise.resolve())).refused).toEqual(
    process.platform === 'linux' ? [{ file: 'answer.ts', reason: 'it is a symbolic link' }] : [],
  );
});

test('does not read through a folder that is a symbolic link', async () => {
  const base = join(outside.path, 'handed in');
  await mkdir(base);
  await symlink(join(toy.root, 'solutions', slug), join(base, slug));
  const { taken, refused } = await takeFiles(toy.root, exercise, await findSubmission(toy.root, base), to);
  expect({ taken, refused }).toEqual({
    taken: [],
    refused: [{ file: 'answer.ts', reason: 'its folder is a symbolic link' }],
  });
});

test('tells the edited parts of a whole repository, and takes none of them', async () => {
  const repository = join(outside.path, 'repository');
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(repository, name)), { recursive: true });
    await writeFile(join(repository, name), text);
  };
  await write(`exercises/${slug}/answer.ts`, answers.solution);
  await write('package.json', '{}');
  await write(`tests/${slug}/${slug}.test.ts`, '// no checks');
  await write('src/verdict/mine.ts', 'export {};');
  const submission = await findSubmission(toy.root, repository);
  expect(await takeFiles(toy.root, exercise, submission, to)).toEqual({
    ...none,
    taken: ['answer.ts'],
    notTaken: ['package.json', 'src/verdict/mine.ts', `tests/${slug}/${slug}.test.ts`],
  });
});

test('does not tell the scripts of package.json, which are others in the edition for students', async () => {
  const repository = join(outside.path, 'edition');
  const own = JSON.parse(await readFile(join(toy.root, 'package.json'), 'utf8')) as object;
  await mkdir(join(repository, 'exercises', slug), { recursive: true });
  await writeFile(join(repository, 'package.json'), JSON.stringify({ ...own, scripts: { test: 'true' } }));
  const submission = await findSubmission(toy.root, repository);
  expect((await takeFiles(toy.root, exercise, submission, to)).notTaken).toEqual([]);
});

test('the course itself is no submission with edited parts', async () => {
  expect(await findSubmission(toy.root, toy.root)).toEqual({
    exercises: join(toy.root, 'exercises'),
    repository: undefined,
  });
});

test('says that a folder is not there, and what to give', async () => {
  await expect(findSubmission(toy.root, 'nowhere')).rejects.toThrow(
    '"nowhere" cannot be graded: there is no such folder. Give a folder laid out like exercises/, as in: npm run kata',
  );
});
