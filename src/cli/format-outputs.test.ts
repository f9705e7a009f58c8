import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formats, type FormatName } from '#src/grade/index.ts';
import { temporaryFolder } from '#src/system/index.ts';
import { records } from '#src/testing/grade-record.ts';
import { formatNames, formatOutputs, writeFormat, type FormatOptions } from './format-outputs.ts';
import { captureTerminal, cmd } from './testing/cmd.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder('kata-formats-');
});
afterEach(() => folder.remove());

const names = Object.keys(formats) as FormatName[];

/** Writes the record of a test in these formats. @returns what was printed */
async function write(options: FormatOptions, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { terminal, out } = captureTerminal();
  for (const output of await formatOutputs(options, env)) {
    await writeFormat(records.mixed, output, terminal, () => Promise.resolve('the page'));
  }
  return out.join('\n');
}

test.each(names)('%s is written to its file, in a folder that is made', async (name) => {
  const out = join(folder.path, 'a/b');
  expect(await write({ format: [name, name], out })).toBe('');
  expect(await readFile(join(out, formats[name].file), 'utf8')).toBe(formats[name].render(records.mixed));
});

test('html is written to index.html', async () => {
  await write({ format: ['html'], out: folder.path });
  expect(await readFile(join(folder.path, 'index.html'), 'utf8')).toBe('the page');
});

test('annotations and summary are printed without a folder', async () => {
  for (const name of ['annotations', 'summary'] as const)
    expect(await write({ format: [name] })).toBe(formats[name].render(records.mixed).trimEnd());
});

test('summary is appended to the file that GitHub names', async () => {
  const file = join(folder.path, 'summary');
  await writeFile(file, 'of another command\n');
  expect(await write({ format: ['summary'], json: '-' }, { GITHUB_STEP_SUMMARY: file })).toBe('');
  expect(await readFile(file, 'utf8')).toBe(`of another command\n${formats.summary.render(records.mixed)}`);
});

test.each<[FormatOptions, string]>([
  [
    { format: ['junitt'] },
    'There is no format "junitt", the nearest is "junit". All of them: summary, annotations, classroom, gradescope, ' +
      'prairielearn, exercism, junit, csv, html.',
  ],
  [{ format: ['csv'] }, '--format csv writes the file grades.csv: name a folder for it with --out.'],
  [{ out: 'somewhere' }, '--out needs at least one --format that is written there.'],
  [
    { format: ['gradescope', 'csv', 'exercism'], out: 'somewhere' },
    'The formats gradescope and exercism both write results.json: ask for one of them.',
  ],
  [
    { format: ['annotations'], json: '-' },
    '--json - and --format annotations both need standard output: name a file for the record, or a folder with --out.',
  ],
])('refuses the options %j with exit code 2', async (options, message) => {
  await expect(formatOutputs(options, {})).rejects.toMatchObject({ name: 'KataError', message, exitCode: 2 });
});

test('refuses a folder that cannot be made, and a file that cannot be written', async () => {
  const file = join(folder.path, 'file');
  await writeFile(file, '');
  await expect(write({ format: ['csv'], out: file })).rejects.toMatchObject({
    message: `The folder "${file}" cannot be made, because it is a file, not a folder: name another.`,
    exitCode: 2,
  });
  await mkdir(join(folder.path, 'grades.csv'));
  await expect(write({ format: ['csv'], out: folder.path })).rejects.toMatchObject({
    message: `"${join(folder.path, 'grades.csv')}" cannot be written (EISDIR): name a file in an existing folder.`,
    exitCode: 2,
  });
});

test('the help of kata grade names every format', async () => {
  const { out } = await cmd(folder.path, 'grade', '--help').success();
  const help = out.replace(/\s+/g, ' ');
  for (const name of formatNames) expect(help).toMatch(new RegExp(`\\b${name}\\b`));
});
