import { isUtf8 } from 'node:buffer';
import { lstat, mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, posix, resolve } from 'node:path';
import { type Course, type Exercise, type Folder, KataError, readSkeleton, studentFiles } from '#src/course/index.ts';
import { findFolder, largestFile, readSubmitted } from './read-submitted.ts';
import type { GradedStudent } from './graded-student.ts';
import type { SubmittedFiles } from './record.ts';

/** A folder to be judged. */
export interface Submission {
  /** The folder that holds the exercises' folders, absolute. */
  exercises: string;
  /** The folder above it, when a whole repository was handed in and it is not the course itself. */
  repository?: string | undefined;
}

const toldAtMost = 20;

/**
 * @param root the course, absolute
 * @param folder a folder laid out like exercises/, or a repository with such a folder in it; exercises/ of the course
 *   when left out
 * @throws {KataError} where there is no such folder
 */
export async function findSubmission(root: string, folder?: string): Promise<Submission> {
  if (folder === undefined) return { exercises: join(root, 'exercises') };
  const wanted = resolve(folder);
  const problem = await whyUnlisted(wanted);
  if (problem !== undefined)
    throw new KataError(
      `"${folder}" cannot be graded: ${problem}. Give a folder laid out like exercises/, as in: ` +
        'npm run kata grade -- --submission solutions',
    );
  const inner = await findFolder(wanted, 'exercises');
  if (inner === undefined) return { exercises: wanted };
  const isCourse = (await realpath(wanted)) === (await realpath(root));
  return { exercises: inner, repository: isCourse ? undefined : wanted };
}

/** @returns whether there is a folder of at least one of the exercises */
export async function hasAnExercise(course: Course, { exercises }: Submission): Promise<boolean> {
  const found = await Promise.all(course.exercises.map(({ slug }) => findFolder(exercises, slug)));
  return found.some((folder) => folder !== undefined);
}

/** @returns what the system says of a folder that cannot be read or made, in words */
export function whyUnusable({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such folder';
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'it is a file, not a folder';
  return `the system says ${code ?? message}`;
}

async function whyUnlisted(folder: string): Promise<string | undefined> {
  try {
    await readdir(folder);
    return undefined;
  } catch (error) {
    return whyUnusable(error as NodeJS.ErrnoException);
  }
}

/**
 * Reads the student's files of one exercise and of those that it builds on, and nothing else, out of a submission.
 * @returns those that are there, by their path from the exercise's folder: the content, or why it is not read
 */
export async function readStudentFiles(
  exercise: Exercise,
  { exercises }: Submission,
): Promise<Map<string, Buffer | string>> {
  const files = new Map<string, Buffer | string>();
  for (const file of studentFiles(exercise)) {
    const content = await readSubmitted(exercises, join(exercise.slug, file));
    if (content !== undefined) files.set(file, content);
  }
  return files;
}

/**
 * Adds what was read and is UTF-8. A file of another exercise, which this one builds on, belongs there.
 * @param sources texts by exercise and file
 * @param slug the folder of the exercise
 * @param files as {@link readStudentFiles} gives them
 */
export function addSources(
  sources: GradedStudent['sources'],
  slug: string,
  files: ReadonlyMap<string, Buffer | string>,
): void {
  for (const [file, content] of files) {
    if (typeof content === 'string' || !isUtf8(content)) continue;
    const [exercise = '', ...name] = posix.join(slug, file).split('/');
    (sources[exercise] ??= {})[name.join('/')] = content.toString();
  }
}

/**
 * Copies the student's files of one exercise and of those that it builds on, and nothing else, out of a submission.
 * @param to the exercise's folder in the grader's tree; it must be there
 * @returns what was taken of this exercise and what was not, names from its folder
 */
export async function takeFiles(
  root: string,
  exercise: Exercise,
  submission: Submission,
  to: string,
): Promise<SubmittedFiles> {
  const files: SubmittedFiles = { taken: [], missing: [], refused: [], notTaken: [] };
  const read = await readStudentFiles(exercise, submission);
  for (const [file, content] of read) {
    if (typeof content === 'string') {
      files.refused.push({ file, reason: content });
      continue;
    }
    await mkdir(dirname(join(to, file)), { recursive: true });
    await writeFile(join(to, file), content);
    if (exercise.files.student.includes(file)) files.taken.push(file);
  }
  // Nobody has to solve the exercises that this one may build on.
  files.missing = exercise.files.student.filter((file) => !read.has(file));
  files.notTaken = [
    ...(await differsFromGiven(root, exercise, submission)),
    ...(exercise.shared ? await differsFromGiven(root, exercise.shared, submission) : []),
    ...(await differsFromCourse(root, exercise, submission.repository)),
  ].slice(0, toldAtMost);
  return files;
}

/** @returns the files of the exercise's folder that are not the student's and differ from what the course gives */
async function differsFromGiven(root: string, exercise: Folder, { exercises }: Submission): Promise<string[]> {
  const { slug, files } = exercise;
  const folder = await findFolder(exercises, slug);
  if (folder === undefined) return [];
  const known = new Map([...files.student, ...files.given].map((name) => [name.toLowerCase(), name]));
  const names = await list(folder);
  const given = await readSkeleton(root, exercise).catch(() => new Map<string, string>());
  const differing: string[] = [];
  for (const file of names) {
    const likely = known.get(file.toLowerCase()) ?? file;
    const name = names.includes(likely) ? file : likely;
    // Lessons and notes are for people.
    if (files.student.includes(name) || name.endsWith('.md')) continue;
    const own = given.get(name) ?? (await readFile(join(root, 'exercises', slug, name), 'utf8').catch(() => undefined));
    if (own === undefined || !(await holds(join(folder, file), own))) differing.push(`exercises/${slug}/${file}`);
  }
  return differing;
}

/**
 * @returns the files of a handed-in repository that differ from the course's and could change a verdict if they were
 *   taken
 */
async function differsFromCourse(root: string, { slug }: Exercise, repository: string | undefined): Promise<string[]> {
  if (repository === undefined) return [];
  const single = ['package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts', 'exercises/course.json'];
  const folders = ['src', `tests/${slug}`, 'tests/support'];
  const listed = await Promise.all(
    folders.map(async (folder) => (await list(join(repository, folder))).map((file) => `${folder}/${file}`)),
  );
  const differing: string[] = [];
  for (const file of [...single, ...listed.flat()]) {
    const theirs = await lstat(join(repository, file)).catch(() => undefined);
    const own = theirs && (await readFile(join(root, file), 'utf8').catch(() => undefined));
    const read = file === 'package.json' ? withoutScripts : undefined;
    if (theirs && (own === undefined || !(await holds(join(repository, file), own, read)))) differing.push(file);
  }
  return differing;
}

/** The students' edition has other scripts. No verdict depends on them. */
function withoutScripts(text: string): string {
  try {
    const { scripts: _, knip: __, ...rest } = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify(rest);
  } catch {
    return text;
  }
}

/** @param read what is compared of both texts */
async function holds(file: string, text: string, read = (whole: string) => whole): Promise<boolean> {
  const stats = await lstat(file).catch(() => undefined);
  if (!stats?.isFile() || stats.size > 4 * largestFile) return false;
  // Git may have converted the line endings of one of them.
  const [theirs, ours] = [await readFile(file, 'utf8').catch(() => ''), text].map((each) =>
    read(each.replaceAll('\r\n', '\n')),
  );
  return theirs === ours;
}

/**
 * @returns every file below `folder`, names from it with forward slashes, sorted; links are named, not followed,
 *   node_modules is left out
 */
async function list(folder: string, prefix = ''): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true }).catch(() => []);
  const names = entries.filter(({ name }) => name !== 'node_modules').sort((a, b) => (a.name < b.name ? -1 : 1));
  const nested = await Promise.all(
    names.map(async (entry) =>
      entry.isDirectory() ? await list(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
    ),
  );
  return nested.flat();
}
