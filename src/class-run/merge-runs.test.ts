import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answers, slug } from '#src/testing/toy-course.ts';
import { mergeRuns } from './merge-runs.ts';
import { contentOf } from './testing/content-of.ts';
import { toyClass, type ToyClass } from './testing/toy-class.ts';

let toy: ToyClass;
beforeEach(async () => {
  toy = await toyClass();
  for (const name of ['Ada', 'bob', 'eve', 'zoe']) await toy.handIn(name);
  await toy.handIn('bob', { [`${slug}/answer.ts`]: answers.tooFew });
  await toy.handIn('empty', {});
});
afterEach(() => toy.remove());

const judgeShard = (number: number, of: number) =>
  toy.judge({ out: toy.out(`shard ${number}`), shard: { number, of } });
const merge = (...numbers: number[]) =>
  mergeRuns(
    toy.root,
    toy.course,
    numbers.map((number) => toy.out(`shard ${number}`)),
    toy.out('merged'),
  );

test.each([1, 2, 3, 8])('%i shards give, merged, what one run gives', async (of) => {
  const numbers = Array.from({ length: of }, (_, at) => at + 1);
  for (const number of numbers) await judgeShard(number, of);
  await toy.judge({ out: toy.out('whole') });
  const { students, missing } = await merge(...numbers);
  expect(students.map(({ student }) => student)).toEqual(['Ada', 'bob', 'empty', 'eve', 'zoe']);
  expect(missing).toEqual([]);
  expect(await contentOf(toy.out('merged'))).toEqual(await contentOf(toy.out('whole')));
});

test('names the students of a shard that is missing, or whose result is damaged', async () => {
  for (const number of [1, 3]) await judgeShard(number, 3);
  await writeFile(join(toy.out('shard 1'), 'students', 'eve.json'), '{');
  expect(await merge(1, 3)).toMatchObject({ missing: ['bob', 'eve', 'zoe'] });
});

test('refuses a student with different files in two folders, and writes nothing', async () => {
  await judgeShard(1, 1);
  await toy.handIn('eve', { [`${slug}/answer.ts`]: answers.leaks });
  await judgeShard(2, 2);
  await toy.judge({ out: toy.out('shard 2') });
  await expect(merge(1, 2)).rejects.toThrow(/^"eve" is in ".*shard 1" and in ".*shard 2" with different files\./);
  await expect(readdir(toy.out('merged'))).rejects.toThrow('ENOENT');
});

test('does not take what an older run left of students who belong to another shard', async () => {
  await toy.judge({ out: toy.out('shard 1') });
  await toy.handIn('bob');
  for (const number of [1, 2]) await judgeShard(number, 2);
  const { students } = await merge(1, 2);
  expect(students.find(({ student }) => student === 'bob')?.record?.points).toBe(4);
});

test('refuses results of different exercises, and of different versions of the course', async () => {
  await judgeShard(1, 2);
  const other = { ...toy.course.exercises[0]!, slug: '02-other' };
  await toy.judge({ out: toy.out('shard 3'), course: { ...toy.course, exercises: [other] } });
  await expect(merge(1, 3)).rejects.toThrow('cannot be merged: different exercises were judged');
  await expect(merge(3)).rejects.toThrow('it holds results of 02-other, and this course has no such exercise');
  await writeFile(join(toy.root, 'tests', slug, 'more.ts'), 'export {};');
  await judgeShard(2, 2);
  await expect(merge(1, 2)).rejects.toThrow('cannot be merged: different versions of the course judged them');
});

test('refuses a folder without results', async () => {
  await judgeShard(1, 1);
  await rm(join(toy.out('shard 1'), 'run.json'));
  await expect(merge(1)).rejects.toThrow(
    /^".*shard 1" holds no results of a class: run.json cannot be read \(ENOENT\)/,
  );
  await writeFile(join(toy.out('shard 1'), 'run.json'), '{"version": 2}');
  await expect(merge(1)).rejects.toThrow(/run\.json: version must be 1, got 2/);
});
