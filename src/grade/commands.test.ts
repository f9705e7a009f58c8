import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readSchema, schemaFault } from '../course/schema-fault.ts';
import { gradeCommand, verifyCommand, type GradeFlags, type VerifyFlags } from './commands.ts';
import { answers, slug, toyCourse, type ToyCourse } from './fixtures/toy-course.ts';
import type { GradeRecord } from './record.ts';
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

// Two verifications are a dozen suites in children of their own.
vi.setConfig({ testTimeout: 120_000 });

let toy: ToyCourse;
/** A folder for temporary files that nobody else uses: what is left in it was left by these commands. */
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

/** Runs a command and gives what it printed without times. */
async function printed(run: (context: Parameters<typeof gradeCommand>[0]) => Promise<number>) {
  const lines: string[] = [];
  const notes: string[] = [];
  const code = await run({
    root: toy.root,
    terminal: { line: (text = '') => lines.push(text), note: (text) => notes.push(text) },
  });
  const plain = (texts: string[]) =>
    texts
      .join('\n')
      .replace(/in \d+\.\d s$/gm, 'in a while')
      .replace(/ +\d+\.\d s$/gm, '');
  return { code, text: plain(lines), notes: plain(notes) };
}

const grade = (flags: GradeFlags = {}, names: string[] = []) =>
  printed((context) => gradeCommand(context, names, flags));
const verify = (flags: VerifyFlags = {}) => printed((context) => verifyCommand(context, flags));

/** Hands in a folder with the given text as the student's file. */
async function handIn(name: string, text: string): Promise<string> {
  const folder = path.join(toy.root, '..', name);
  await mkdir(path.join(folder, slug), { recursive: true });
  await writeFile(path.join(folder, slug, 'answer.ts'), text);
  return folder;
}

describe.concurrent('kata grade', () => {
  test('judges exercises/ task by task, with the first failing check of each', async () => {
    expect(await grade()).toEqual({
      code: 0,
      notes: '',
      text: [
        '01 Toy: 0 of 10 points',
        '  ✗ Task 1: Say  0/4  not implemented',
        '      says the number',
        '      say is not implemented yet. (exercises/01-toy/answer.ts:2)',
        '  ✗ Task 2: Act  0/6  not implemented',
        '      leaves nothing behind',
        '      act is not implemented yet. (exercises/01-toy/answer.ts:6)',
        '',
        'Total: 0 of 10 points (0 %)',
      ].join('\n'),
    });
  });

  test('writes a record that its schema accepts, with no path of this machine', async () => {
    const file = path.join(toy.root, '../record.json');
    const submission = await handIn('typed', `${answers.leaks}const wrong: number = 'text';\n`);
    const { code, text } = await grade({ submission, json: file, failUnder: '50' });
    const json = await readFile(file, 'utf8');
    const record = JSON.parse(json) as GradeRecord;
    expect(schemaFault(await readSchema(new URL('./record.schema.json', import.meta.url)), record)).toBeUndefined();
    expect(json).not.toContain(path.dirname(toy.root));
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
    expect(text).toContain(
      `        1 × Timeout\n  type error: exercises/${slug}/answer.ts:3:7 Type 'string' is not assignable to type 'number'.`,
    );
    expect(text).toContain('Total: 4 of 10 points (40 %)\nThat is less than the 50 % that --fail-under asks for.');
    expect(code).toBe(1);
  });

  test('prints the record alone on standard output where that is asked for', async () => {
    const { code, text, notes } = await grade({
      submission: path.join(toy.root, 'solutions'),
      json: '-',
      failUnder: 100,
    });
    expect(code).toBe(0);
    expect(JSON.parse(text)).toMatchObject({ version: 1, points: 10, attainable: 10 });
    expect(notes).toContain('Total: 10 of 10 points (100 %)');
  });

  test('tells a fault of the course from a failure of the student', async () => {
    const other = await toyCourse();
    try {
      await other.write(`tests/${slug}/${slug}.test.ts`, `throw new Error('no suite');\n`);
      const lines: string[] = [];
      const code = await gradeCommand(
        { root: other.root, terminal: { line: (text = '') => lines.push(text), note: () => undefined } },
        [],
        { submission: path.join(other.root, 'solutions') },
      );
      expect(code).toBe(2);
      expect(lines.join('\n')).toContain(`01 Toy: no verdict`);
      expect(lines.join('\n')).toContain(
        `Fault of the grader or the machine, no points taken: tests/${slug}/${slug}.test.ts could not be run: no suite`,
      );
    } finally {
      await other.remove();
    }
  });

  test('an exercise that was not handed in has no points, and needs no run', async () => {
    await mkdir(path.join(toy.root, '../empty'), { recursive: true });
    const { code, text } = await grade({ submission: path.join(toy.root, '../empty') });
    expect({ code, text }).toEqual({
      code: 0,
      text: '01 Toy: 0 of 10 points\n  ✗ Task 1: Say  0/4  not implemented\n  ✗ Task 2: Act  0/6  not implemented\n  missing: answer.ts\n\nTotal: 0 of 10 points (0 %)',
    });
  });

  test('says which name or number it cannot use', async () => {
    await expect(grade({}, ['02'])).rejects.toThrow('There is no exercise "02".');
    await expect(grade({ failUnder: 'half' })).rejects.toThrow(
      '--fail-under must be a number from 0 to 100, got "half".',
    );
    await expect(verify({ repeat: '0' })).rejects.toThrow('--repeat must be an integer from 1 to 10000, got "0".');
  });
});

test('kata verify tells what holds and what does not: a reference, a skeleton, a surviving mutant, a refused right answer', async () => {
  for (const unneeded of ['mutants/throws', 'mutants/forgets-to-act', 'accepted/same'])
    await rm(path.join(toy.root, 'tests', slug, unneeded), { recursive: true });
  await toy.write(`tests/${slug}/mutants/leaks/answer.ts`, answers.solution);
  await toy.write(`tests/${slug}/accepted/other/answer.ts`, answers.tooFew);
  const { code, text } = await verify({ exercise: ['toy'] });
  const lines = text.split('\n').filter((line) => !line.startsWith('     '));
  expect(lines.slice(0, -2).sort()).toEqual([
    'FAIL 01 accepted/other                        wanted 10 points, got 6: failed in task 1',
    'FAIL 01 mutants/leaks                         wanted leak in task 2, got passed',
    'FAIL 01 structure                             2 faults',
    'ok   01 mutants/too-few                       failed in task 1',
    'ok   01 skeleton                              0 points, not implemented',
    'ok   01 solution                              10 points',
  ]);
  expect(lines.slice(-2)).toEqual(['6 cases of 1 exercise in a while', '3 passed, 3 failed']);
  expect(text).toContain(`     tests/${slug}/mutants/ must have at least 4 wrong answers, got 2.`);
  expect(text).toContain('       1.1 says the number: failed, failed');
  expect(code).toBe(1);
});

test('leaves nothing in the folder for temporary files', async () => {
  expect(await readdir(temporary.path)).toEqual([]);
});
