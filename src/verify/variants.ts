import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Exercise, partsOf, readSkeleton, studentFiles } from '#src/course/index.ts';
import { mutantPath, readMutant } from './mutant.ts';
import { patchFiles, type Files } from './patch.ts';
import type { Submission } from '#src/grade/index.ts';
import { temporaryFolder } from '#src/system/index.ts';

/** @returns the names of the right answers in another style, the folders of tests/<slug>/accepted/ */
export async function readAccepted(root: string, { slug }: Exercise): Promise<string[]> {
  const entries = await readdir(join(root, 'tests', slug, 'accepted'), { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
}

/** What verify judges: the skeleton, the reference, a patched reference, or the reference with some files replaced. */
export type Variant = 'skeleton' | 'solution' | `mutants/${string}` | `accepted/${string}`;

/**
 * Lays a variant out as a submission in a temporary folder.
 * @returns the submission and how to remove it
 * @throws {KataError} where a mutant's patch does not apply
 */
export async function layOut(
  root: string,
  exercise: Exercise,
  variant: Variant,
): Promise<{ submission: Submission; remove: () => Promise<void> }> {
  return layOutFiles(exercise, await filesOfVariant(root, exercise, variant));
}

/**
 * Lays files out as a submission in a temporary folder.
 * @param files paths from the exercise's folder and texts
 * @returns the submission and how to remove it
 */
export async function layOutFiles(
  exercise: Exercise,
  files: Files,
): Promise<{ submission: Submission; remove: () => Promise<void> }> {
  const { path: exercises, remove } = await temporaryFolder('kata-verify-');
  try {
    await writeFiles(join(exercises, exercise.slug), files);
    return { submission: { exercises }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** @returns the texts of a variant's files, by their path from the exercise's folder */
export async function filesOfVariant(root: string, exercise: Exercise, variant: Variant): Promise<Files> {
  const { slug } = exercise;
  if (variant === 'skeleton') return readStudentSkeleton(root, exercise);
  const reference = await readReference(root, exercise);
  const [kind, name = ''] = variant.split('/');
  if (kind === 'mutants') {
    const { diff } = await readMutant(root, exercise, name);
    return patchFiles(mutantPath(exercise, name), diff, reference);
  }
  if (kind === 'accepted') return new Map([...reference, ...(await readFolder(join(root, 'tests', slug, variant)))]);
  return reference;
}

async function readStudentSkeleton(root: string, exercise: Exercise): Promise<Files> {
  const files = new Map<string, string>();
  for (const part of partsOf(exercise)) {
    const skeleton = await readSkeleton(root, part.exercise);
    for (const name of part.exercise.files.student) files.set(`${part.prefix}${name}`, skeleton.get(name) ?? '');
  }
  return files;
}

/** @returns the reference's text for each of the student's files, those of the exercises that it builds on included */
export async function readReference(root: string, exercise: Exercise): Promise<Files> {
  const folder = join(root, 'solutions', exercise.slug);
  const names = studentFiles(exercise);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

/**
 * @param folder the exercise's folder; what it builds on goes beside it
 * @param files paths from `folder` and texts
 */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, text] of files) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function readFolder(folder: string): Promise<Files> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}
