import { createHash, type Hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Course } from '#src/course/index.ts';
import { addSources, type GradedStudent, readStudentFiles, type Submission } from '#src/grade/index.ts';
import { filesBelow } from '#src/system/index.ts';
import { locate } from './locate.ts';

/** What a student handed in of the exercises that are judged. */
export interface Work {
  /** Where it is, or why it cannot be judged. */
  submission: Submission | string;
  /** Another one when a file that counts has changed, or what judges it. */
  fingerprint: string;
  sources: GradedStudent['sources'];
}

/** How all students of a run are judged. */
export interface Judging {
  /** The course, absolute. */
  root: string;
  /** All of its exercises. */
  whole: Course;
  /** With only the exercises that are judged. */
  course: Course;
  /** Of the course's files: {@link courseFingerprint}. */
  courseFingerprint: string;
  isolation: string;
}

/** What has a say in a verdict. The references are measured against. */
const judges = ['package.json', 'package-lock.json', 'tsconfig.json', 'vitest.config.ts'];
const judgingFolders = ['exercises', 'solutions', 'src', 'tests'];

/**
 * @param folder the student's, absolute
 * @returns its files that count, as they are now
 */
export async function readWork(judging: Judging, folder: string): Promise<Work> {
  const { course } = judging;
  const hash = createHash('sha256');
  const slugs = course.exercises.map(({ slug }) => slug);
  add(hash, judging.courseFingerprint, judging.isolation, ...slugs);
  const submission = await locate(judging, folder);
  const sources: Work['sources'] = {};
  if (typeof submission === 'string') {
    add(hash, submission);
    return { submission, fingerprint: hash.digest('hex'), sources };
  }
  for (const exercise of course.exercises) {
    const files = await readStudentFiles(exercise, submission);
    for (const [file, content] of files)
      add(hash, exercise.slug, file, typeof content === 'string' ? 'not read' : 'read', content);
    addSources(sources, exercise.slug, files);
  }
  return { submission, fingerprint: hash.digest('hex'), sources };
}

/**
 * @param root the course, absolute
 * @returns a hash of all its files that have a say in a verdict
 */
export async function courseFingerprint(root: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [...judges, ...(await Promise.all(judgingFolders.map((folder) => filesIn(root, folder)))).flat()])
    add(hash, file, await readFile(join(root, file)).catch(() => 'missing'));
  return hash.digest('hex');
}

/** Hidden files are an editor's or the system's. */
const filesIn = async (root: string, folder: string): Promise<string[]> =>
  (await filesBelow(join(root, folder))).filter((file) => !/(?:^|\/)\./.test(file)).map((file) => `${folder}/${file}`);

/** Each part counts with its length, so that no two lists of parts give the same bytes. */
function add(hash: Hash, ...parts: (string | Buffer)[]): void {
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
}
