import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Folder, KataError, loadCourse, readSkeleton } from '#src/course/index.ts';
import { filesBelow } from '#src/system/index.ts';
import { studentsReadme } from './readme.ts';

/** Paths from the course's root, with forward slashes and sorted, and what the files hold. */
export type Files = ReadonlyMap<string, Buffer>;

const wholeFiles = [
  '.devcontainer/devcontainer.json',
  '.gitattributes',
  '.github/workflows/classroom.yml',
  '.github/workflows/grade.yml',
  '.gitignore',
  '.prettierrc.json',
  '.vscode/extensions.json',
  '.vscode/launch.json',
  '.vscode/settings.json',
  '.vscode/tasks.json',
  'LICENSE',
  'exercises/course.json',
  'package-lock.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** What only authors need: tests of the toolkit, and the code behind the commands that are left out. */
const authorsOnly =
  /\.test\.ts$|\/(testing|fixtures|bench)\/|^src\/(export|testing|verify)\/|^src\/cli\/(author|bench)-/;
/** Of an exercise's folder in tests/: all that gives an answer, or speaks of wrong ones. */
const answers = /^tests\/[^/]+\/(mutants|restyled|accepted)\/|\/(CONTRACT\.md|(?:equivalents|timelines)\.json)$/;

/**
 * Collects what students get: lessons, untouched skeletons, suites and the toolkit. No solutions, no wrong answers.
 * @param root the course, absolute
 * @throws {KataError} where a part of the course is missing
 */
export async function studentsEdition(root: string): Promise<Files> {
  const { exercises, shared } = await loadCourse(root);
  const folders = [...exercises, ...(shared ? [shared] : [])];
  const suites = [...folders.map(({ slug }) => slug), 'support', 'yardsticks'].map((name) => `tests/${name}`);
  const authors = await authorCommands(root);
  const toolkit = (await list(root, 'src')).filter((path) => !authorsOnly.test(path) && !authors.has(path));
  const tests = (await Promise.all(suites.map((folder) => list(root, folder)))).flat();
  const lessons = (await Promise.all(exercises.map(({ slug }) => list(root, `exercises/${slug}`)))).flat();
  const paths = [
    ...wholeFiles,
    ...toolkit,
    ...tests.filter((path) => !answers.test(path)),
    ...lessons.filter((path) => /\.(?:md|svg)$/.test(path)),
  ];
  const files = new Map(await Promise.all(paths.map(async (path) => [path, await read(root, path)] as const)));
  for (const folder of folders) await addSkeleton(root, folder, files);
  files.set('package.json', studentsPackage(await read(root, 'package.json')));
  files.set('README.md', Buffer.from(studentsReadme((await read(root, 'README.md')).toString())));
  for (const { slug } of exercises) mustHaveYardsticks(slug, files);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Someone may have worked in exercises/, so its files come from the untouched copies. */
async function addSkeleton(root: string, folder: Folder, files: Map<string, Buffer>): Promise<void> {
  for (const [name, text] of await readSkeleton(root, folder))
    files.set(`exercises/${folder.slug}/${name}`, Buffer.from(text));
}

/** @returns the files of the commands that only src/cli/author-commands.ts loads */
async function authorCommands(root: string): Promise<Set<string>> {
  const text = await readFile(join(root, 'src/cli/author-commands.ts'), 'utf8').catch(() => {
    throw new KataError(
      "This is the students' edition of the course, which cannot be exported: use the course itself.",
    );
  });
  return new Set([...text.matchAll(/'\.\/(commands\/[\w-]+\.ts)'/g)].map(([, file]) => `src/cli/${file}`));
}

/** The dependencies stay, so that the lockfile fits. */
function studentsPackage(text: Buffer): Buffer {
  const { knip: _, scripts, ...rest } = JSON.parse(text.toString()) as Record<string, Record<string, string>>;
  const { start, kata, typecheck } = scripts ?? {};
  const all = { ...rest, scripts: { start, kata, test: 'vitest run --project exercises', typecheck } };
  return Buffer.from(`${JSON.stringify(all, undefined, 2)}\n`);
}

/** A suite that times the reference needs something as fast in its place. */
function mustHaveYardsticks(slug: string, files: Files): void {
  const suite = `tests/${slug}/${slug}.test.ts`;
  const used = (files.get(suite) ?? '').toString().matchAll(/\breferenceUrl\(\s*'([^']+)'/g);
  for (const [, file] of used) {
    const yardstick = `tests/yardsticks/${file}`;
    if (!files.has(yardstick))
      throw new KataError(
        `${yardstick} does not exist, and ${suite} measures against solutions/${file}, which students don't get. ` +
          'Write a file there that is as fast as the reference and handles no error.',
      );
  }
}

const read = (root: string, path: string): Promise<Buffer> =>
  readFile(join(root, path)).catch((error: NodeJS.ErrnoException) => {
    throw new KataError(
      `${path} cannot be read (${error.code ?? error.message}), and students need it. ` +
        `Restore it with \`git checkout -- ${path}\`.`,
    );
  });

/** @returns every file below a folder of the course, as paths from its root */
const list = async (root: string, folder: string): Promise<string[]> =>
  (await filesBelow(join(root, folder))).map((file) => `${folder}/${file}`);
