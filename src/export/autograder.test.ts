import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '#src/system/index.ts';
import { writeAutograder } from './index.ts';

const course = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

interface Results {
  score?: number;
  output: string;
  tests: { score?: number; status: string; output: string }[];
}

/** Milliseconds for two gradings of one exercise beside other work. */
const patience = 300_000;

let folder: TemporaryFolder;
/** Laid out like /autograder. */
let root: string;

beforeAll(async () => {
  folder = await temporaryFolder('kata-autograder-');
  root = join(folder.path, 'autograder');
  const zip = join(folder.path, 'autograder.zip');
  await mkdir(root);
  await writeAutograder(course, zip, { exercises: ['08'], minutes: 10 });
  await run('unzip', ['-q', zip, '-d', join(root, 'source')]);
  await symlink(join(course, 'node_modules'), join(root, 'source/course/node_modules'), 'junction');
}, patience);
afterAll(() => folder.remove(), patience);

/** Runs the autograder on a submission. `path` comes before the PATH of this process. */
async function autograde(submission: Record<string, string>, path?: string): Promise<Results> {
  await mkdir(join(root, 'submission'), { recursive: true });
  for (const [name, text] of Object.entries(submission)) {
    await mkdir(join(root, 'submission', name, '..'), { recursive: true });
    await writeFile(join(root, 'submission', name), text);
  }
  const env: NodeJS.ProcessEnv = { ...process.env, KATA_AUTOGRADER: root };
  if (path !== undefined) env['PATH'] = `${path}${delimiter}${process.env['PATH']}`;
  await run(join(root, 'source/run_autograder'), { env });
  return JSON.parse(await readFile(join(root, 'results/results.json'), 'utf8')) as Results;
}

/** @returns a folder with a program named node that does something else */
async function fakeNode(script: string): Promise<string> {
  const bin = join(folder.path, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'node'), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, 'node'), 0o755);
  return bin;
}

describe('the zip file', () => {
  test('has the two scripts at its root and no answers, and the same course gives the same bytes', async () => {
    const [one, two] = [join(folder.path, 'one.zip'), join(folder.path, 'two.zip')];
    for (const file of [one, two]) await writeAutograder(course, file, { exercises: ['03', '04'], minutes: 20 });
    const bytes = await readFile(one);
    expect(bytes.equals(await readFile(two))).toBe(true);
    const files = unzipSync(bytes);
    const names = Object.keys(files);
    expect(names).toEqual(expect.arrayContaining(['run_autograder', 'setup.sh', 'course/package-lock.json']));
    expect(names.filter((name) => /solutions\/|mutants|attacks/.test(name))).toEqual([]);
    expect(Buffer.from(files['settings'] ?? []).toString()).toMatch(/^EXERCISES='03 04'$[^]*^MINUTES=20$/m);
  });

  test('must not be a folder, and its folder must exist', async () => {
    const nothing = { exercises: [], minutes: 10 };
    await expect(writeAutograder(course, folder.path, nothing)).rejects.toThrow(
      /must name a zip file, and .* is a folder/,
    );
    await expect(writeAutograder(course, join(folder.path, 'no/a.zip'), nothing)).rejects.toThrow(
      /cannot be written \(ENOENT\): name a file in an existing folder/,
    );
  });
});

// The scripts are for Ubuntu.
describe.skipIf(process.platform !== 'linux')('run_autograder', () => {
  test('gives a right answer all points', { timeout: patience }, async () => {
    const slug = '08-race-await';
    await cp(join(course, 'solutions', slug), join(root, 'submission/exercises', slug), { recursive: true });
    const results = await autograde({});
    expect(results.score).toBe(10);
    expect(results.tests.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
  });

  test('gives a submission that does not compile a verdict', { timeout: patience }, async () => {
    const results = await autograde({ 'exercises/08-race-await/withdraw.ts': 'export const = 1;\n' });
    expect(results.score).toBeLessThan(10);
    expect(results.tests.map(({ output }) => output).join('\n')).toContain(
      'withdraw.ts:1:14 does not compile. The compiler says: Variable declaration expected',
    );
  });

  test('gives no score to a submission of another shape, and says what is missing', async () => {
    await rm(join(root, 'submission'), { recursive: true, force: true });
    const results = await autograde({ 'main.ts': '' });
    expect(results.score).toBeUndefined();
    expect(results.output).toMatch(/^There is no score\. .*has no folder of an exercise of this course/);
  });

  test.each([
    ['is killed', 'kill -9 $$', /The grader was killed: .* time limit \(10 minutes\) or the memory limit/],
    ['runs into the time limit', 'exit 124', /The grader was killed: .* time limit \(10 minutes\)/],
    ['fails', 'echo \'a "fault"\' >&2; exit 3', /The grader failed with exit code 3\./],
  ])('gives no score if the grader %s', async (_, script, sentence) => {
    const results = await autograde({}, await fakeNode(script));
    expect(results).not.toHaveProperty('score');
    expect(results.tests).toEqual([expect.not.objectContaining({ score: expect.anything() as number })]);
    expect(results.output).toMatch(sentence);
  });

  test('leaves a result without a score if it is killed itself', async () => {
    const kills = 'kill -9 $(ps -o ppid= -p $PPID) $PPID';
    await autograde({}, await fakeNode(kills)).catch(() => undefined);
    const results = JSON.parse(await readFile(join(root, 'results/results.json'), 'utf8')) as Results;
    expect(results).not.toHaveProperty('score');
    expect(results.output).toContain('was stopped before it reached a verdict');
  });
});
