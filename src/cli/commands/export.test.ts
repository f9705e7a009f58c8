import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#src/system/index.ts';
import { cmd } from '../testing/cmd.ts';

const course = fileURLToPath(new URL('../../..', import.meta.url));
const kata = (...words: string[]) => cmd(course, 'export', ...words);

test('writes an edition, and says what comes next', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder('kata-export-');
  try {
    const [out, zip] = [join(folder.path, 'class'), join(folder.path, 'autograder.zip')];
    await kata('students', '--out', out)
      .output(/, \d+ files, the first commit\nNext: push it/)
      .success();
    await kata('gradescope', '3', '--out', zip, '--minutes', '20')
      .output(/, \d+ files\nNext: upload it .* time limit to 20 minutes/)
      .success();
    await kata('students', '--out', folder.path)
      .error(/^"[^\n]*" is not empty, and no earlier [^\n]*$/)
      .failure(2);
    await kata('gradescope', '--out', folder.path)
      .error(/^--out must name a zip file[^\n]*$/)
      .failure(2);
  } finally {
    await folder.remove();
  }
});

test('refuses what it cannot use with one sentence', async () => {
  await kata('moodle', '--out', 'x')
    .error('There is no edition "moodle". It must be students or gradescope.')
    .failure(2);
  await kata('students').error("required option '--out <path>' not specified").failure(2);
  await kata('students', '03', '--out', 'x').error('has all exercises, so leave out "03"').failure(2);
  await kata('students', '--out', 'x', '--minutes', '9').error('leave it out for students').failure(2);
  await kata('gradescope', '99', '--out', 'x').error('There is no exercise "99".').failure(2);
  const { err } = await kata('gradescope', '--out', 'x', '--minutes', '99').failure(2);
  expect(err).toBe('--minutes must be an integer from 2 to 40, got "99".');
});
