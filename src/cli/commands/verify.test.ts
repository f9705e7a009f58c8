import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { answers, mutantText, slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { diffFiles } from '#src/verify/index.ts';
import { type TemporaryFolder, temporaryFolder } from '#src/system/index.ts';
import { cmd } from '../testing/cmd.ts';

let toy: ToyCourse;
/** A folder for temporary files that nobody else uses: what is left in it was left by the command. */
let temporary: TemporaryFolder;

beforeAll(async () => {
  toy = await toyCourse();
  temporary = await temporaryFolder('kata-temporary-');
  vi.stubEnv('TMPDIR', temporary.path);
  vi.stubEnv('TEMP', temporary.path);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([toy.remove(), temporary.remove()]);
});

test('prints which cases hold: a reference, a skeleton, a surviving mutant, a rejected right answer', async () => {
  for (const unneeded of ['mutants/throws.patch', 'mutants/forgets-to-act.patch', 'accepted/same'])
    await rm(join(toy.root, 'tests', slug, unneeded), { recursive: true });
  await toy.write(`tests/${slug}/mutants/leaks.patch`, mutantText(2, 'leak', answers.other));
  await toy.write(`tests/${slug}/accepted/other/answer.ts`, answers.tooFew);
  const { out } = await cmd(toy.root, 'verify', '--exercise', 'toy').failure();
  const lines = out.split('\n').map((line) => line.replace(/ +\d+\.\d s$/, ''));
  const cases = lines.filter((line) => !line.startsWith('     '));
  const end = cases.indexOf('What failed, once more:');
  expect(cases.slice(end + 1, -2).sort()).toEqual(
    cases
      .slice(0, end)
      .filter((line) => line.startsWith('FAIL'))
      .sort(),
  );
  expect(cases.slice(0, end).sort()).toEqual([
    "01: 1 failure; 100 % point at the mistake (at least 80 %), 100 % into the student's files (all must), " +
      '0 % read as recorded (at least 70 %; else: verify --record)',
    'FAIL 01 accepted/other                        wanted 4 points, got 0: failed in task 1',
    'FAIL 01 mutants/leaks                         wanted leak in task 2, got passed',
    'FAIL 01 structure                             3 faults',
    'Not recorded yet: 01 mutants/too-few. Run npm run verify -- --record --exercise … --only mutants/…',
    'ok   01 accepted/other, speed                 6 points',
    'ok   01 mutants/too-few                       failed in task 1; at the mistake (answer.ts)',
    'ok   01 skeleton                              0 points, not implemented',
    'ok   01 solution                              4 points',
    'ok   01 solution, speed                       6 points',
  ]);
  expect(cases.slice(-2)).toEqual(['8 cases of 1 exercise in', '5 passed, 3 failed']);
  expect(lines).toContain(`     tests/${slug}/mutants/ must have at least 4 wrong answers, got 2.`);
  expect(lines).toContain(`     tests/${slug}/CONTRACT.md is out of date: npm run kata contract 01`);
  expect(lines).toContain('       1.1 says the number: failed, failed');
  expect(await readdir(temporary.path), 'left in the folder for temporary files').toEqual([]);
}, 120_000);

test('names the number that it cannot use', async () => {
  await cmd(toy.root, 'verify', '--repeat', '0')
    .error('--repeat must be an integer from 1 to 10000, got "0".')
    .failure();
});

test('judges only the submissions that are asked for', async () => {
  const { out } = await cmd(toy.root, 'verify', '--only', 'mutants/too').success();
  expect(out).toContain('1 passed, 0 failed');
  expect(out).not.toContain('skeleton');
  await cmd(toy.root, 'verify', '--only', 'nothing').error('No case has "nothing" in its label.').failure();
});

test('records how mutants fail, and recognizes such a mistake in another style', async () => {
  const course = await toyCourse();
  try {
    await cmd(course.root, 'verify', '--record', '--exercise', 'toy').output('01 mutants/too-few').success();
    const recorded = JSON.parse(await readFile(join(course.root, 'tests', slug, 'mistakes.json'), 'utf8')) as unknown;
    expect(recorded).toContainEqual(
      expect.objectContaining({
        name: 'too-few',
        misconception: 'It is a toy.',
        failed: expect.objectContaining({ '1.1': 'failed' }) as object,
      }),
    );
    const { out } = await cmd(course.root, 'verify', '--quick', '--only', 'mutants/').success();
    expect(out.match(/ mutants\/[\w-]+/g)?.sort(), 'the others fail the same checks first').toEqual([
      ' mutants/forgets-to-act',
      ' mutants/throws',
    ]);
    const other = new Map([['answer.ts', answers.other]]);
    const tooFew = new Map([['answer.ts', answers.other.replace('return', 'return 41; return')]]);
    await course.write(`tests/${slug}/restyled/too-few.patch`, `From: accepted/other\n\n${diffFiles(other, tooFew)}`);
    await cmd(course.root, 'verify', '--restyled')
      .output('ok   01 restyled/too-few', '1 of 1 mistakes in another style are recognized (at least 80 %)')
      .success();
  } finally {
    await course.remove();
  }
}, 120_000);
