import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answers, slug, toyCourse, type ToyCourse } from '#src/testing/toy-course.ts';
import { recordSchema } from '#src/grade/index.ts';
import { cmd } from '../testing/cmd.ts';

let toy: ToyCourse;
beforeAll(async () => {
  toy = await toyCourse();
});
afterAll(() => toy.remove());

const grade = (...words: string[]) => cmd(toy.root, 'grade', ...words);

/** Hands in a folder with the given text as the student's file. */
async function handIn(name: string, text: string): Promise<string> {
  const folder = join(toy.root, '..', name);
  await mkdir(join(folder, slug), { recursive: true });
  await writeFile(join(folder, slug, 'answer.ts'), text);
  return folder;
}

describe.concurrent('kata grade', { timeout: 120_000 }, () => {
  test('judges exercises/ task by task and prints the first failing check of each', async () => {
    expect(await grade('--isolation', 'none').success()).toEqual({
      code: 0,
      err: '',
      out: [
        '01 Toy: 0 of 10 points',
        '  ✗ Task 1: Say  0/4  not implemented',
        '      says the number',
        '      say is not implemented yet. (exercises/01-toy/answer.ts:2)',
        '  ✗ Task 2: Act  0/6  not implemented',
        '      leaves nothing behind',
        '      act is not implemented yet. (exercises/01-toy/answer.ts:6)',
        '',
        'Total: 0 of 10 points (0 %)',
        'Isolation: processes only (it was not wanted). Code that is written to attack the grader may succeed.',
      ].join('\n'),
    });
  });

  test('writes a record that fits its schema and holds no path of this machine, and other formats', async () => {
    const file = join(toy.root, '../record.json');
    const submission = await handIn('typed', `${answers.leaks}const wrong: number = 'text';\n`);
    const formats = [
      '--format',
      'gradescope',
      '--format',
      'csv',
      '--format',
      'html',
      '--out',
      join(toy.root, '../formats'),
    ];
    await grade('--submission', submission, '--json', file, ...formats, '--fail-under', '50')
      .output(
        '        1 × Timeout\n' +
          `  type error: exercises/${slug}/answer.ts:3:7 Type 'string' is not assignable to type 'number'.`,
        'Total: 4 of 10 points (40 %)\n',
        'The points are below the 50 % that --fail-under requires.',
      )
      .failure();
    const json = await readFile(file, 'utf8');
    const record = recordSchema.parse(JSON.parse(json));
    expect(json).not.toContain(join(toy.root, '..'));
    expect(json).not.toContain(tmpdir());
    expect(Object.keys(record)).toEqual(['version', 'gradedAt', 'machine', 'points', 'attainable', 'exercises']);
    expect(record.exercises[0]).toMatchObject({
      points: 4,
      verdict: 'leak',
      files: { taken: ['answer.ts'], missing: [], refused: [], notTaken: [] },
    });
    const typeError = {
      file: `exercises/${slug}/answer.ts`,
      line: 3,
      column: 7,
      message: "Type 'string' is not assignable to type 'number'.",
    };
    expect(record.exercises[0]?.typeErrors).toEqual([typeError]);
    const [results = '', csv, page] = await Promise.all(
      ['results.json', 'grades.csv', 'index.html'].map((name) => readFile(join(toy.root, '../formats', name), 'utf8')),
    );
    expect(JSON.parse(results)).toMatchObject({ score: 4 });
    expect(csv).toContain('"2.1 leaves nothing behind"');
    // The difference to the reference, as data of the page.
    expect(page).toContain(`"-export const act = (): string =\\u003e 'leaks';"`);
  });

  test('--json - prints the record alone on standard output', async () => {
    const { out } = await grade('01', '--submission', join(toy.root, 'solutions'), '--json', '-', '--fail-under', '100')
      .error('Total: 10 of 10 points (100 %)')
      .success();
    expect(JSON.parse(out)).toMatchObject({ version: 1, points: 10, attainable: 10 });
  });

  test('prints annotations, and keeps GitHub from reading commands in the table before them', async () => {
    const speaks = "export const say = (): never => { throw new Error('no\\n::add-mask::x'); };\n";
    const submission = await handIn('speaks', `${speaks}export const act = (): string => 'done';\n`);
    const { out } = await grade('--submission', submission, '--format', 'annotations').success();
    const [, token, table, commands] = /^::stop-commands::(\S+)\n(.*)\n::\1::\n(.*)$/s.exec(out) ?? [];
    expect(token).toMatch(/^[0-9a-f-]{36}$/);
    expect(table).toMatch(/^ *::add-mask::x/m);
    expect(commands).toMatch(/^::error title=.*%0A::add-mask::x\n::notice title=Grade::.*$/);
  });

  test('exits with 2 when the course itself is at fault, and takes no points', async () => {
    const other = await toyCourse();
    try {
      await other.write(`tests/${slug}/${slug}.test.ts`, `throw new Error('no suite');\n`);
      await cmd(other.root, 'grade', '--submission', join(other.root, 'solutions'))
        .output(
          `01 Toy: no verdict`,
          'Fault of the grader or the machine, no points taken: ' +
            `tests/${slug}/${slug}.test.ts could not be run: no suite`,
        )
        .failure(2);
    } finally {
      await other.remove();
    }
  });

  test('gives no points for an exercise that was not handed in, without a run', async () => {
    await mkdir(join(toy.root, '../nothing', slug), { recursive: true });
    const { out } = await grade('--submission', join(toy.root, '../nothing')).success();
    expect(out.split('\n')).toEqual([
      '01 Toy: 0 of 10 points',
      '  ✗ Task 1: Say  0/4  not implemented',
      '  ✗ Task 2: Act  0/6  not implemented',
      '  missing: answer.ts',
      '',
      'Total: 0 of 10 points (0 %)',
    ]);
  });

  test('names the exercise, number or file that it cannot use', async () => {
    await grade('02').error('There is no exercise "02".').failure(2);
    await grade('--fail-under', 'half').error('--fail-under must be a number from 0 to 100, got "half".').failure(2);
    await grade('--isolation', 'full').error('--isolation must be auto, require or none, got "full".').failure(2);
    await grade('--format', 'csf', '--out', toy.root)
      .error('There is no format "csf", the nearest is "csv".')
      .failure(2);
    const [empty, file] = [join(toy.root, '../empty'), join(toy.root, 'package.json')];
    await mkdir(empty, { recursive: true });
    await grade('--submission', empty).error('it has no folder of an exercise').failure(2);
    await grade('--submission', file).error('it is a file, not a folder').failure(2);
    await grade('--submission', join(empty, 'none')).error('there is no such folder').failure(2);
    await grade('--submission', join(toy.root, '../nothing'), '--json', join(toy.root, 'no/record.json'))
      .error(/^".*record\.json" cannot be written \(ENOENT\): name a file in an existing folder\.$/)
      .failure(2);
  });
});
