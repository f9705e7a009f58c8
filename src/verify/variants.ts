import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Exercise, readSkeleton } from '#src/course/index.ts';
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
  const files = await filesOfVariant(root, exercise, variant);
  const { path: exercises, remove } = await temporaryFolder('kata-verify-');
  try {
    const folder = join(exercises, exercise.slug);
    await mkdir(folder);
    for (const [name, text] of files) await writeFile(join(folder, name), text);
    return { submission: { exercises }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function filesOfVariant(root: string, exercise: Exercise, variant: Variant): Promise<Files> {
  const { slug, files } = exercise;
  if (variant === 'skeleton') {
    const skeleton = await readSkeleton(root, exercise);
    return new Map(files.student.map((name) => [name, skeleton.get(name) ?? '']));
  }
  const reference = await readReference(root, exercise);
  const [kind, name = ''] = variant.split('/');
  if (kind === 'mutants') {
    const { diff } = await readMutant(root, exercise, name);
    return patchFiles(mutantPath(exercise, name), diff, reference);
  }
  if (kind === 'accepted') return new Map([...reference, ...(await readFolder(join(root, 'tests', slug, variant)))]);
  return reference;
}

/** @returns the student's files of the reference solution */
export async function readReference(root: string, { slug, files }: Exercise): Promise<Files> {
  const folder = join(root, 'solutions', slug);
  return new Map(
    await Promise.all(files.student.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

async function readFolder(folder: string): Promise<Files> {
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}
