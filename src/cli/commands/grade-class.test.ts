import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loaderFlags } from '#src/loader/index.ts';
import { answers, slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { cmd } from '../testing/cmd.ts';

const child = fileURLToPath(new URL('../testing/kata-child.ts', import.meta.url));

let toy: ToyCourse;
let submissions: string;
const beside = (name: string) => join(toy.root, '..', name);
const grade = (...words: string[]) => cmd(toy.root, 'grade', '--submissions', submissions, ...words);

beforeAll(async () => {
  toy = await toyCourse();
  submissions = beside('handed in');
  const files = {
    [`Ada Lovelace/Exercises/${slug.toUpperCase()}/Answer.ts`]: answers.solution.replaceAll('\n', '\r\n'),
    [`bob/homework/${slug}/answer.ts`]: answers.tooFew,
    'eve/notes.txt': 'Sorry.',
    'grades.csv': '',
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(submissions, file)), { recursive: true });
    await writeFile(join(submissions, file), text);
  }
});
afterAll(() => toy.remove());

/** @returns what `class.json` says of each student */
async function pointsIn(out: string): Promise<unknown[][]> {
  const { students } = JSON.parse(await readFile(join(out, 'class.json'), 'utf8')) as {
    students: { student: string; points: number | null }[];
  };
  return students.map(({ student, points }) => [student, points]);
}

const everybody = [
  ['Ada Lovelace', 10],
  ['bob', 6],
  ['eve', null],
];

describe('kata grade --submissions', { timeout: 300_000 }, () => {
  test('judges every student, in spite of a kill and of a broken folder, and its shards can be merged', async () => {
    const out = beside('results');
    const words = ['--isolation', 'none', '--out', out];
    const args = [toy.root, 'grade', '--submissions', submissions, ...words];
    const first = spawn(process.execPath, [...loaderFlags, child, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    first.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('1/3')) first.kill('SIGKILL');
    });
    expect(await once(first, 'close')).toEqual([null, 'SIGKILL']);
    const { out: printed } = await grade(...words).failure(2);
    expect(printed.replaceAll(/ \d+ s\b/g, ' … s').split('\n')).toEqual([
      'Not judged, since only folders count as students, and no hidden ones: grades.csv.',
      '1/3  Ada Lovelace  10 of 10 points  kept from an earlier run',
      '2/3  bob  6 of 10 points  … s',
      '3/3  eve  no verdict, see below  … s',
      '',
      'Judged: 1, kept from an earlier run: 1, without a verdict: 1.',
      'No verdict:',
      expect.stringMatching(/^ {2}eve: The folder has no exercise of this course, .* It has: notes\.txt\. /),
      expect.stringMatching(/^Isolation: /),
      `Results: index.html, class.csv, class.json and students/ in ${out}`,
    ]);
    expect(await pointsIn(out)).toEqual(everybody);
    expect(await readdir(join(out, 'students'))).toHaveLength(3);
    // Both shards find all of their students judged.
    const other = beside('other shard');
    await cp(out, other, { recursive: true });
    await grade(...words, '--shard', '1/2')
      .output('1/2  Ada', '2/2  eve')
      .without('bob')
      .failure(2);
    await cmd(toy.root, 'merge', out, '--out', beside('half'))
      .output('2 of 3 students, from 1 folder.', 'In none of the folders: bob. Judge their shards.')
      .failure(2);
    await grade('--isolation', 'none', '--out', other, '--shard', '2/2').output('1/1  bob').success();
    await cmd(toy.root, 'merge', out, other, '--out', beside('merged'))
      .output('3 of 3 students, from 2 folders.')
      .failure(2);
    expect(await pointsIn(beside('merged'))).toEqual(everybody);
  });

  test('says in a sentence which folder or option it cannot use', async () => {
    const [file, empty] = [join(submissions, 'grades.csv'), beside('empty')];
    await mkdir(empty, { recursive: true });
    const bad = (...words: string[]) => cmd(toy.root, 'grade', ...words);
    const out = ['--out', beside('never')];
    await bad('--submissions', file, ...out)
      .error('it is a file, not a folder')
      .failure(2);
    await bad('--submissions', empty, ...out)
      .error('it holds no folder')
      .failure(2);
    await bad('--submissions', toy.root, ...out)
      .error('is the submission of one student')
      .failure(2);
    await bad('--submissions', beside('no'), ...out)
      .error('there is no such folder')
      .failure(2);
    await grade(...out, '--shard', '4/3')
      .error('--shard must be like 3/20')
      .failure(2);
    await bad('--shard', '1/3', ...out)
      .error('name the folder with the students with --submissions')
      .failure(2);
    await grade(...out, '--submission', empty)
      .error('give one of the two')
      .failure(2);
    await grade(...out, '--format', 'csv')
      .error('--format is for one submission: leave it out')
      .failure(2);
    await grade(...out, '--isolation', 'full')
      .error('--isolation must be auto, require or none')
      .failure(2);
    await grade(...out, '02')
      .error('There is no exercise "02".')
      .failure(2);
    await grade().error('name it with --out, as in --out ../results').failure(2);
    await grade('--out', join(submissions, 'results')).error('is in the folder of the submissions').failure(2);
    await grade('--out', join(toy.root, 'package.json'))
      .error(/^Results cannot be written to ".*", because it is a file/)
      .failure(2);
    await cmd(toy.root, 'merge', empty, ...out)
      .error('run.json cannot be read (ENOENT)')
      .failure(2);
    await cmd(toy.root, 'merge', empty).error('merge needs a folder for the merged results').failure(2);
    expect(await readdir(beside(''))).not.toContain('never');
  });
});
