import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Course } from '#src/course/index.ts';
import { findSubmission, hasAnExercise, printable, readStudentFiles, type Submission } from '#src/grade/index.ts';
import { isHidden } from './find-students.ts';

const shownAtMost = 5;

interface Courses {
  /** The course, absolute. */
  readonly root: string;
  /** All of its exercises. */
  readonly whole: Course;
  /** With only the exercises that are judged. */
  readonly course: Course;
}

/**
 * Finds the exercises in a student's folder: in itself, in an exercises/ in it, or one folder further down, where many
 * programs that unpack archives put them.
 * @returns the submission, or why there is none to judge: a sentence or more for the instructor
 */
export async function locate(courses: Courses, folder: string): Promise<Submission | string> {
  const names = await visibleNames(folder);
  if (typeof names === 'string') return names;
  const { folders, files } = names;
  if (folders.length + files.length === 0) return texts.empty;
  const direct = await submissionsIn(courses, folder, ['']);
  const found = direct.length > 0 ? direct : await submissionsIn(courses, folder, folders);
  const [only, ...others] = found;
  if (others.length > 0) return texts.several(found.map(({ name }) => name));
  if (only === undefined) return texts.none([...folders, ...files]);
  return (await otherVersion(courses, only.submission)) ?? only.submission;
}

interface Found {
  /** Of the folder; empty for the student's own. */
  name: string;
  submission: Submission;
}

/** @returns the submissions in those of the folders that have one */
async function submissionsIn({ root, whole }: Courses, base: string, names: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of names) {
    const folder = join(base, name);
    const inner = await findSubmission(root, folder).catch(() => undefined);
    // An exercises/ may be there, and have nothing to judge in it.
    for (const submission of [...(inner ? [inner] : []), { exercises: folder }]) {
      if (!(await hasAnExercise(whole, submission))) continue;
      found.push({ name, submission });
      break;
    }
  }
  return found;
}

/** A renamed exercise would earn nothing, as if it had not been handed in. */
async function otherVersion({ whole, course }: Courses, submission: Submission): Promise<string | undefined> {
  const names = await visibleNames(submission.exercises);
  const folders = typeof names === 'string' ? [] : names.folders;
  for (const { id, slug } of course.exercises) {
    if (folders.some((name) => name.toLowerCase() === slug)) continue;
    const other = folders.find((name) => name.startsWith(`${id}-`));
    if (other !== undefined) return texts.renamed(other, slug);
  }
  const read = await Promise.all(whole.exercises.map((exercise) => readStudentFiles(exercise, submission)));
  return read.every(({ size }) => size === 0) ? texts.noFiles : undefined;
}

async function visibleNames(folder: string): Promise<{ folders: string[]; files: string[] } | string> {
  try {
    const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !isHidden(name));
    const names = (of: typeof entries) => of.map(({ name }) => name).sort();
    return {
      folders: names(entries.filter((entry) => entry.isDirectory())),
      files: names(entries.filter((entry) => !entry.isDirectory())),
    };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return texts.unreadable(code ?? message);
  }
}

const listed = (names: readonly string[]): string =>
  `${names.slice(0, shownAtMost).map(printable).join(', ')}${names.length > shownAtMost ? ', …' : ''}`;

const again = 'Then run the same command again.';

const texts = {
  unreadable: (reason: string) => `The folder cannot be read (${reason}). Make it readable. ${again}`,
  empty: `The folder is empty: nothing was handed in. If that is a mistake, put the files there. ${again}`,
  none: (names: readonly string[]) =>
    'The folder has no exercise of this course, neither in itself, nor in an exercises/ in it, nor one folder ' +
    `further down. It has: ${listed(names)}. Unpack or move the exercises, or judge them with the version of the ` +
    `course that they were made for. ${again}`,
  several: (names: readonly string[]) =>
    `Several folders have exercises of this course: ${listed(names)}. Keep the one to be judged. ${again}`,
  renamed: (theirs: string, ours: string) =>
    `The folder has ${printable(theirs)} where this course has ${ours}: it was made for another version of the ` +
    `course. Judge it with that version, or rename the folder. ${again}`,
  noFiles:
    'The folder has folders of exercises, and none of the files that a student hands in. Was it made for another ' +
    `version of the course? Judge it with that version, or ask for the files. ${again}`,
};
