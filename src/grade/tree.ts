import { cp, mkdir, readFile, readdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { stripAhead } from '#src/loader/index.ts';
import { type Exercise, type Folder, hasSolutions, partsOf, readSkeleton } from '#src/course/index.ts';
import { filesBelow, type TemporaryFolder, temporaryFolder } from '#src/system/index.ts';

/** A temporary course with one exercise, in which one submission is judged. */
export interface Tree {
  /** Absolute, no symbolic link in it. */
  root: string;
  /** The exercise's folder, with the given files and without the student's. */
  exercise: string;
  /** The reference's files, outside of the tree; undefined where the suite needs none. */
  reference: string | undefined;
  /** The folder that all but the reference is in. */
  folder: string;
  /** An empty home for the run; it goes with the tree. */
  home: string;
  remove: () => Promise<void>;
}

const copied = ['package.json', 'tsconfig.json', 'vitest.config.ts', 'exercises/course.json', 'src', 'tests/support'];

/**
 * Builds a tree from the course's own files: the toolkit, the suite, the given files. No solutions, no mutants.
 * @param root the course, absolute
 * @throws the system's error (no space, no rights); then nothing is left behind
 */
export async function buildTree(root: string, exercise: Exercise): Promise<Tree> {
  const { path: base, remove } = await temporaryFolder('kata-grade-');
  const reference = await copyReference(root, exercise).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const tree = {
    folder: base,
    root: join(base, 'course'),
    exercise: join(base, 'course/exercises', exercise.slug),
    home: join(base, 'home'),
    reference: reference?.path,
    remove: async () => {
      await Promise.all([remove(), reference?.remove()]);
    },
  };
  try {
    await fill(root, exercise, tree);
    return tree;
  } catch (error) {
    await tree.remove();
    throw error;
  }
}

/**
 * Speed is measured against the reference, or where the course comes without solutions, against a yardstick. It goes
 * into a folder of its own, so that no path from the tree leads there; src/arena/reference.ts says how the suite finds
 * it, and what that does not stop.
 */
async function copyReference(root: string, { slug, shared }: Exercise): Promise<TemporaryFolder | undefined> {
  const suite = await readFile(join(root, 'tests', slug, `${slug}.test.ts`), 'utf8').catch(() => '');
  if (!suite.includes('referenceUrl(')) return undefined;
  const folder = await temporaryFolder('kata-');
  try {
    const seed = 'first-seed.ts';
    const imports = {
      [`#shared/${seed}`]: { salted: `./${seed}`, default: `./shared/${seed}` },
      '#shared/*': './shared/*',
    };
    await cp(join(root, 'tests/support', seed), join(folder.path, seed)).catch(exceptMissing);
    await writeFile(join(folder.path, 'package.json'), JSON.stringify({ type: 'module', imports }));
    if (shared) await writeGivenFiles(root, shared, join(folder.path, shared.slug));
    const from = join(root, hasSolutions(root) ? 'solutions' : 'tests/yardsticks', slug);
    const names = (await readdir(from)).filter((name) => name.endsWith('.ts'));
    for (const name of names) await cp(join(from, name), join(folder.path, slug, name));
    return folder;
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

async function fill(root: string, exercise: Exercise, tree: Tree): Promise<void> {
  const { slug } = exercise;
  await mkdir(tree.exercise, { recursive: true });
  await mkdir(tree.home);
  // The real folder: a suite that runs as another user may not get to it by the course's own path.
  await linkPackages(await realpath(join(root, 'node_modules')), join(tree.root, 'node_modules'));
  for (const name of copied)
    await cp(join(root, name), join(tree.root, name), { recursive: true, filter: isNeeded }).catch(exceptMissing);
  await cp(join(root, 'tests', slug), join(tree.root, 'tests', slug), {
    recursive: true,
    filter: isNeededTest(join(root, 'tests', slug)),
  });
  for (const part of partsOf(exercise)) await writeGivenFiles(root, part.exercise, join(tree.exercise, part.prefix));
}

/** A folder of its own, so that caches are not shared: each judged submission may write to them. */
async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to);
  const names = (await readdir(from)).filter((name) => !name.startsWith('.'));
  await Promise.all(names.map((name) => symlink(join(from, name), join(to, name), 'junction')));
}

/**
 * To be called when the tree is complete: no process in it has to load the compiler then.
 * @throws the system's error
 */
export async function stripTree({ root, reference }: Tree): Promise<void> {
  const inFolder = async (folder: string) =>
    (await filesBelow(folder)).filter((file) => file.endsWith('.ts')).map((file) => join(folder, file));
  const folders = ['src', 'tests', 'exercises'].map((folder) => join(root, folder));
  // The reference is measured against: it must not be slower for want of a cache.
  const all = reference === undefined ? folders : [...folders, reference];
  await stripAhead(root, (await Promise.all(all.map(inFolder))).flat());
}

const isNeeded = (file: string): boolean => !file.endsWith('.test.ts');

const isNeededTest =
  (suite: string) =>
  (file: string): boolean =>
    ![
      'mutants',
      'restyled',
      'accepted',
      'equivalents.json',
      'mistakes.json',
      'skeleton.json',
      'timelines.json',
    ].includes(relative(suite, file));

function exceptMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Writes the untouched copy: in a student's checkout the given files of exercises/ may have been edited. */
async function writeGivenFiles(root: string, from: Folder, to: string): Promise<void> {
  const skeleton = await readSkeleton(root, from);
  await mkdir(to, { recursive: true });
  for (const name of from.files.given) await writeFile(join(to, name), skeleton.get(name) ?? '');
}
