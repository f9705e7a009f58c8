import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '#src/system/index.ts';
import { writeRepository } from './index.ts';

const original = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** Milliseconds that the export and Git may take beside other work: they write hundreds of files. */
const patience = 180_000;

/** What a file imports of this repository, or starts in another thread or process. */
const imported = /(?:\bfrom|\bimport\(|\bURL\()\s*'(#src\/[^']+|\.\.?\/[^']+\.[jt]s)'(?!, (?!import\.meta\.url))/g;

let folder: TemporaryFolder;
/** A copy of the course that tests may change. */
let course: string;
/** The repository that the class gets. */
let repository: string;

const git = async (where: string, ...args: string[]) => {
  const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return (await run('git', ['-C', where, ...identity, ...args])).stdout.trimEnd();
};
const kata = async (...words: string[]) => {
  const args = ['src/cli/kata.js', ...words];
  return run(process.execPath, args, { cwd: repository }).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
};
const edit = async (path: string, change: (text: string) => string) =>
  writeFile(path, change(await readFile(path, 'utf8')));

beforeAll(async () => {
  folder = await temporaryFolder('kata-export-');
  course = join(folder.path, 'course');
  repository = join(folder.path, 'class');
  const notCopied = ['node_modules', '.git', 'solutions', 'coverage', '.kata'];
  const filter = (path: string) => !notCopied.includes(relative(original, path).split(sep)[0] ?? '');
  cpSync(original, course, { recursive: true, filter });
  // Someone has worked in the course's own exercises.
  await edit(join(course, 'exercises/03-countdown-threads/split.ts'), () => 'export const split = () => [];\n');
  await writeFile(join(course, 'exercises/03-countdown-threads/draft.ts'), '// A draft.\n');
  await writeRepository(course, repository);
  await symlink(join(original, 'node_modules'), join(repository, 'node_modules'), 'junction');
  await writeFile(join(repository, '.git/info/exclude'), 'node_modules\n');
}, patience);
afterAll(() => folder.remove(), patience);

describe("the students' edition", { timeout: patience }, () => {
  test('has untouched skeletons, although someone has worked in exercises/ of the course', async () => {
    const skeleton = JSON.parse(
      await readFile(join(course, 'tests/03-countdown-threads/skeleton.json'), 'utf8'),
    ) as Record<string, string[]>;
    const slug = 'exercises/03-countdown-threads';
    expect(await readFile(join(repository, slug, 'split.ts'), 'utf8')).toBe(skeleton['split.ts']?.join('\n'));
    expect((await readdir(join(repository, slug))).sort()).toEqual(
      ['README.md', 'hints.md', ...Object.keys(skeleton)].sort(),
    );
  });

  test('has the pictures that the lessons show', async () => {
    const paths = (await git(repository, 'ls-files')).split('\n');
    const shown = paths
      .filter((path) => /^exercises\/.*\/README\.md$/.test(path))
      .map(async (path) => {
        const images = (await readFile(join(repository, path), 'utf8')).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g);
        return [...images].map(([, name]) => path.replace('README.md', name ?? ''));
      });
    const pictures = (await Promise.all(shown)).flat();
    expect(pictures).toContain('exercises/09-race-memory/five-each.svg');
    expect(pictures.filter((picture) => !paths.includes(picture))).toEqual([]);
  });

  test("has no solution, no wrong or right answer, no author's test and no author's command", async () => {
    const paths = (await git(repository, 'ls-files')).split('\n');
    const answers =
      /^solutions|NOTES|CONTRACT|equivalents|\/(mutants|restyled|accepted)\/|^tests\/(attacks|benchmarks)/;
    expect(paths.filter((path) => answers.test(path) || path.endsWith('timelines.json'))).toEqual([]);
    expect(paths.filter((path) => /^src\/.*\.test\.ts$|^src\/(verify|export|testing)\/|author/.test(path))).toEqual([]);
    const commands = await readdir(join(repository, 'src/cli/commands'));
    expect(commands).toEqual(expect.arrayContaining(['run.ts', 'hint.ts', 'grade.ts']));
    for (const name of ['verify.ts', 'mutant.ts', 'export.ts']) expect(commands).not.toContain(name);
  });

  test('imports nothing that it does not have', async () => {
    const paths = new Set((await git(repository, 'ls-files')).split('\n'));
    const lost: string[] = [];
    for (const path of [...paths].filter((each) => /^(src|tests|exercises)\/.*\.[jt]s$/.test(each))) {
      const text = (await readFile(join(repository, path), 'utf8')).replaceAll(/^ *(\*|\/[/*]).*$/gm, '');
      for (const [, name = ''] of text.matchAll(imported)) {
        const target = name.startsWith('#') ? name.slice(1) : join(path, '..', name).replaceAll(sep, '/');
        // The one import that may find nothing: src/cli/main.ts looks before.
        if (!paths.has(target) && target !== 'src/cli/author-commands.ts') lost.push(`${path}: ${name}`);
      }
    }
    expect(lost).toEqual([]);
  });

  test('has a README that speaks of no solutions, and says what is there', async () => {
    const readme = await readFile(join(repository, 'README.md'), 'utf8');
    expect(readme).not.toMatch(/kata solution|solutions\/|NOTES\.md|npm run verify|CONTRIBUTING|docs\/|course only/);
    expect(readme).toContain('\n\n## What is in this repository\n\n');
    expect(readme).toContain('\n\n## Where it runs\n\n');
    const linked = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);
    const paths = (await git(repository, 'ls-files')).split('\n');
    expect(linked.filter((path) => !paths.includes(path))).toEqual([]);
  });

  test('has a lockfile that fits its package.json, and scripts for students only', async () => {
    const lock = JSON.parse(await readFile(join(repository, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dependencies: object; devDependencies: object }>;
    };
    const own = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
      dependencies: object;
      devDependencies: object;
      scripts: object;
    };
    expect(own.dependencies).toEqual(lock.packages['']?.dependencies);
    expect(own.devDependencies).toEqual(lock.packages['']?.devDependencies);
    expect(Object.keys(own.scripts)).toEqual(['start', 'kata', 'test', 'typecheck']);
  });

  test('runs: a hint, and one sentence for each command that it leaves out', async () => {
    expect((await kata('hint', '03', '1')).stdout).toContain('[1/3] Nudge');
    for (const words of [
      ['solution', '03'],
      ['run', '03', '--solution'],
      ['verify', '--exercise', '03'],
    ]) {
      const { code, stderr } = await kata(...words);
      expect(stderr).toMatch(/^kata .* is for the course itself: this is the students' edition[^\n]*\n$/);
      expect(code).toBe(2);
    }
  });
});

describe('a later version', { timeout: patience }, () => {
  test("merges into a student's work without conflicts, and a changed skeleton is named", async () => {
    const student = join(folder.path, 'ada');
    await git(folder.path, 'clone', '--quiet', repository, student);
    const solved = ['03-countdown-threads/split.ts', '11-async-mutex/mutex.ts'];
    for (const file of solved) {
      await cp(join(original, 'solutions', file), join(student, 'exercises', file));
      await git(student, 'commit', '--quiet', '--all', '--message', file);
    }

    await edit(join(course, 'exercises/03-countdown-threads/README.md'), (text) => `${text}\nOne more paragraph.\n`);
    await edit(join(course, 'tests/11-async-mutex/11-async-mutex.test.ts'), (text) => `// Reworked.\n${text}`);
    await rm(join(course, 'tests/support/memory-files.ts'));
    await addExercise();
    await packed('04-countdown-processes', 'processes.ts', (text) => `// Renewed.\n${text}`);
    const written = await writeRepository(course, repository);
    expect(written.commit).toBe('next');
    expect(written.changedSkeletons).toEqual(['exercises/04-countdown-processes/processes.ts']);

    await git(student, 'pull', '--quiet', '--no-rebase', '--no-edit');
    for (const file of solved)
      expect(await readFile(join(student, 'exercises', file), 'utf8')).toBe(
        await readFile(join(original, 'solutions', file), 'utf8'),
      );
    expect(await readFile(join(student, 'exercises/03-countdown-threads/README.md'), 'utf8')).toMatch(/One more par/);
    expect(await readFile(join(student, 'exercises/04-countdown-processes/processes.ts'), 'utf8')).toMatch(
      /^\/\/ Renewed/,
    );
    expect(await readdir(join(student, 'exercises/15-more'))).toEqual(['README.md', 'more.ts']);
    expect(await readdir(join(student, 'tests/support'))).not.toContain('memory-files.ts');
    expect(await git(student, 'status', '--porcelain')).toBe('');
  });

  test('that changes nothing makes no commit', async () => {
    const before = await git(repository, 'rev-parse', 'HEAD');
    expect((await writeRepository(course, repository)).commit).toBe('unchanged');
    expect(await git(repository, 'rev-parse', 'HEAD')).toBe(before);
  });

  test('names a skeleton that was renamed', async () => {
    const slug = '05-fetch-pages';
    const names = ['page-error.ts', 'fetch-error.ts'] as const;
    await edit(join(course, 'exercises/course.json'), (text) => text.replaceAll(...names));
    await edit(join(course, 'tests', slug, 'skeleton.json'), (text) =>
      text.replaceAll(`"${names[0]}"`, `"${names[1]}"`),
    );
    await rename(join(course, 'exercises', slug, names[0]), join(course, 'exercises', slug, names[1]));
    expect((await writeRepository(course, repository)).changedSkeletons).toEqual([
      `exercises/${slug}/${names[0]} → exercises/${slug}/${names[1]}`,
    ]);
  });
});

describe('a folder that cannot be used', { timeout: patience }, () => {
  test('has files, and no export made them', async () => {
    await expect(writeRepository(course, folder.path)).rejects.toThrow(/is not empty, and no earlier export made it/);
  });

  test('is a file', async () => {
    await expect(writeRepository(course, join(course, 'LICENSE'))).rejects.toThrow(
      /must name a folder, and .* is a file/,
    );
  });

  test('has a commit or a change of someone else', async () => {
    const other = join(folder.path, 'other');
    await git(folder.path, 'clone', '--quiet', repository, other);
    await writeFile(join(other, 'notes.md'), 'Mine.\n');
    await expect(writeRepository(course, other)).rejects.toThrow(/has changes that are not committed/);
    await git(other, 'add', '--all');
    await git(other, 'commit', '--quiet', '--message', 'Notes');
    await expect(writeRepository(course, other)).rejects.toThrow(/was not made by an export \(\w+ Notes\)/);
    expect(await readFile(join(other, 'notes.md'), 'utf8')).toBe('Mine.\n');
  });
});

test('a suite that times the reference without a yardstick stops the export', async () => {
  await rm(join(course, 'tests/yardsticks/04-countdown-processes'), { recursive: true });
  await expect(writeRepository(course, join(folder.path, 'none'))).rejects.toThrow(
    /^tests\/yardsticks\/04-countdown-processes\/processes\.ts does not exist/,
  );
  await expect(readdir(join(folder.path, 'none'))).rejects.toThrow(/ENOENT/);
});

/** Adds an exercise to the copy of the course. */
async function addExercise(): Promise<void> {
  const manifest = join(course, 'exercises/course.json');
  const content = JSON.parse(await readFile(manifest, 'utf8')) as { exercises: object[] };
  content.exercises.push({
    ...{ id: '15', slug: '15-more', title: 'More', chapter: 'More', minutes: 5 },
    ...{ files: { student: ['more.ts'], given: [] }, tasks: [{ title: 'More', points: 10 }] },
  });
  await writeFile(manifest, JSON.stringify(content, undefined, 2));
  for (const tree of ['exercises', 'tests']) await mkdir(join(course, tree, '15-more'));
  await writeFile(join(course, 'exercises/15-more/README.md'), '# 15 · More\n');
  await writeFile(join(course, 'tests/15-more/skeleton.json'), JSON.stringify({ 'more.ts': ['export {};', ''] }));
}

/** Changes a skeleton as `kata pack` would. */
async function packed(slug: string, name: string, change: (text: string) => string): Promise<void> {
  const path = join(course, 'tests', slug, 'skeleton.json');
  const files = JSON.parse(await readFile(path, 'utf8')) as Record<string, string[]>;
  files[name] = change((files[name] ?? []).join('\n')).split('\n');
  await writeFile(path, JSON.stringify(files));
}
