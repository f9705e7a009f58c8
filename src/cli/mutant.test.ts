import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cmd } from './testing/cmd.ts';
import { answers, fixtureCourse, type FixtureCourse } from './testing/fixture-course.ts';

let course: FixtureCourse;
const kata = (...words: string[]) => cmd(course.root, 'mutant', ...words);
const patch = 'tests/01-add/mutants/adds-one.patch';
const header = ['--task', '1', '--verdict', 'failed', '--misconception', 'One more is close enough.'];

/** An editor that replaces a text in every file that it opens. */
const editWith = async (from: string, to: string) => {
  const file = join(course.root, 'editor.mjs');
  await writeFile(
    file,
    `import { readFileSync, writeFileSync } from 'node:fs';
for (const file of process.argv.slice(2))
  writeFileSync(file, readFileSync(file, 'utf8').replace(${JSON.stringify(from)}, ${JSON.stringify(to)}));\n`,
  );
  vi.stubEnv('VISUAL', `"${process.execPath}" "${file}"`);
};

beforeEach(async () => {
  course = await fixtureCourse();
  await course.write('solutions/01-add/add.ts', answers.add);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await course.remove();
});

describe('new', () => {
  test('writes a patch from the reference and the edit', async () => {
    await editWith('a + b', 'a + b + 1');
    await kata('new', '01', 'adds-one', ...header)
      .output(`written: ${patch}`, 'Next: npm run verify -- --exercise 01 --only mutants/adds-one\n')
      .success();
    expect(await readFile(join(course.root, patch), 'utf8')).toBe(
      `Task: 1
Verdict: failed
Misconception: One more is close enough.

--- add.ts
+++ add.ts
@@ -1,4 +1,4 @@
 export function add(a: number, b: number): number {
   if (Number.isNaN(a)) throw new RangeError('a is NaN');
-  return a + b;
+  return a + b + 1;
 }
`,
    );
    await kata('new', '01', 'adds-one', ...header)
      .error(`${patch} is there already. To change it: npm run kata mutant edit 01 adds-one`)
      .failure();
  });

  test('refuses a mutant without a mistake, a header with a mistake, and a name that no file should have', async () => {
    await editWith('nothing of that', 'kind');
    await kata('new', '01', 'adds-one', ...header)
      .error('Nothing differs from the reference')
      .failure();
    await kata('new', '01', 'adds-one').error('--task must be a number from 1 to 2').failure();
    await kata('new', '01', 'adds-one', ...header, '--verdict', 'fail')
      .error(
        /^--verdict must be one of failed, not implemented, .*, or several with " or " between them, got "fail"\.$/m,
      )
      .failure();
    await course.write('exercises/01-add/README.md', '- a <!-- 1.sum -->\n- b <!-- 1.nan -->\n- c <!-- 2.other -->\n');
    await kata('new', '01', 'adds-one', ...header, '--breaks', '1.sum, 1.nope')
      .error('--breaks must name requirements of the lesson, got "1.nope". Those of task 1: 1.sum, 1.nan.')
      .failure();
    await kata('new', '01', '../x', ...header)
      .error('small letters, digits and dashes')
      .failure();
    await kata('make', '01', 'x').error('new, edit or rebase; got "make"').failure();
  });
});

test('edit changes the mistake and keeps the header', async () => {
  await editWith('a + b', 'a + b + 1');
  await kata('new', '01', 'adds-one', ...header).success();
  await editWith('a + b + 1', 'a + b + 2');
  await kata('edit', '01', 'adds-one').output(`written: ${patch}`).success();
  const text = await readFile(join(course.root, patch), 'utf8');
  expect(text).toContain('Misconception: One more is close enough.');
  expect(text).toContain('+  return a + b + 2;');
  vi.stubEnv('VISUAL', 'false');
  await kata('edit', '01', 'adds-one').error('The editor (false) ended with exit code 1').failure();
});

describe('rebase', () => {
  const git = (...words: string[]) => promisify(execFile)('git', words, { cwd: course.root });
  beforeEach(async () => {
    await editWith('a + b', 'a + b + 1');
    await kata('new', '01', 'adds-one', ...header).success();
    await git('init', '-q');
    await git('add', 'solutions');
    await git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'the reference');
  });

  test('carries a mutant over to a reference that has changed beside the mistake', async () => {
    await course.write('solutions/01-add/add.ts', `// A sum.\n${answers.add}`);
    await kata('rebase', '01').output('The mutants of 01-add fit the reference.').success();
    expect(await readFile(join(course.root, patch), 'utf8')).toContain(' // A sum.\n');
  });

  test('reports a mutant whose mistake stands where the reference has changed', async () => {
    await course.write('solutions/01-add/add.ts', answers.add.replace('a + b', 'b + a'));
    await kata('rebase', '01').error(`${patch}: the change and the mistake touch the same lines.`).failure();
    expect(await readFile(join(course.root, patch), 'utf8')).toContain('+  return a + b + 1;');
  });
});
