import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changedSinceSkeleton, type Exercise, type Folder, readSkeleton } from '#src/course/index.ts';
import { dateForName } from './date-for-name.ts';
import { updateProgress } from './progress.ts';

/** What {@link restore} did. */
export interface Restored {
  /** Names of the files that are as they were before any student. */
  readonly files: readonly string[];
  /** Folder (from the root) that keeps what lay there before; undefined where nothing did. */
  readonly kept: string | undefined;
}

/**
 * Puts the exercise back to its untouched copy, and the files that it shares with others. What lay there is kept first,
 * under a dated name, so that nothing is ever lost.
 * @param root the course's folder, absolute
 */
async function restore(root: string, exercise: Exercise): Promise<Restored> {
  const own = await restoreFolder(root, exercise);
  if (!exercise.shared) return own;
  const shared = await restoreFolder(root, exercise.shared);
  return { files: [...own.files, ...shared.files.map((name) => `shared/${name}`)], kept: own.kept ?? shared.kept };
}

/**
 * Puts the exercise back to its untouched copy, and forgets what was known of the work on it. Hints that were read
 * stay read.
 * @param root the course's folder, absolute
 * @returns what was done, and a sentence to show where the progress file gave trouble
 */
export async function resetExercise(root: string, exercise: Exercise): Promise<Restored & { warning?: string }> {
  const restored = await restore(root, exercise);
  if (restored.files.length === 0) return restored;
  const { warning } = await updateProgress(root, exercise, ({ hints }) => ({ ...(hints && { hints }) }));
  return { ...restored, ...(warning !== undefined && { warning }) };
}

async function restoreFolder(root: string, folder: Folder): Promise<Restored> {
  const path = join(root, 'exercises', folder.slug);
  const skeleton = await readSkeleton(root, folder);
  const files = await changedSinceSkeleton(root, folder);
  const kept = `.kata/kept/${dateForName()}-${folder.slug}`;
  const copied = await Promise.all(files.map((name) => keep(join(path, name), join(root, kept), name)));
  await mkdir(path, { recursive: true });
  for (const name of files) {
    const draft = join(path, `.${name}.draft`);
    await writeFile(draft, skeleton.get(name) ?? '');
    await rename(draft, join(path, name));
  }
  return { files, kept: copied.includes(true) ? kept : undefined };
}

/** @returns whether there was a file to keep */
async function keep(file: string, folder: string, name: string): Promise<boolean> {
  await mkdir(folder, { recursive: true });
  return copyFile(file, join(folder, name)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
