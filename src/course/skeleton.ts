import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { Folder } from './course-schema.ts';
import { parseJson } from './json-text.ts';
import { KataError } from './kata-error.ts';

const linesByName = z.record(z.string(), z.array(z.string()));

/** File name → text, for the student's files and the given ones. */
export type Skeleton = ReadonlyMap<string, string>;

/**
 * The exercise as it was before any student. Students commit their work over exercises/, and some have no history at
 * all (a zip), so neither git nor exercises/ can tell. One JSON file of lines per folder: no compiler, linter or search
 * takes it for source code.
 */
export const skeletonPath = ({ slug }: Folder): string => `tests/${slug}/skeleton.json`;

/**
 * @param root the course's folder, absolute
 * @throws {KataError} where the copy is missing or damaged
 */
export async function readSkeleton(root: string, exercise: Folder): Promise<Skeleton> {
  const path = skeletonPath(exercise);
  const text = await readFile(join(root, path), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new KataError(
      `${path}, the untouched copy of the exercise, cannot be read (${error.code ?? error.message}). ` +
        `Restore it with \`git checkout -- ${path}\`, or copy it from a fresh download of the course.`,
    );
  });
  const { success, data } = linesByName.safeParse(parseJson(path, text));
  if (!success)
    throw new KataError(
      `${path} must be an object of file names with lists of lines. ` +
        `To write it again from exercises/${exercise.slug}/: npm run kata pack ${exercise.id}`,
    );
  const lost = namesOf(exercise).find((name) => data[name] === undefined);
  if (lost !== undefined)
    throw new KataError(
      `${path} has no "${lost}", which the manifest lists. ` +
        `To write it again from exercises/${exercise.slug}/: npm run kata pack ${exercise.id}`,
    );
  return new Map(namesOf(exercise).map((name) => [name, (data[name] ?? []).join('\n')]));
}

/**
 * For those who keep the course: makes what lies in exercises/ now the untouched copy.
 * @param root the course's folder, absolute
 * @returns the path that was written, from the root
 */
export async function packSkeleton(root: string, exercise: Folder): Promise<string> {
  const path = skeletonPath(exercise);
  const files = await Promise.all(
    namesOf(exercise).map(async (name) => [name, (await readExerciseFile(root, exercise, name)).split('\n')] as const),
  );
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), `${JSON.stringify(Object.fromEntries(files), undefined, 2)}\n`);
  return path;
}

/**
 * @param root the course's folder, absolute
 * @param names which files to compare; all of the exercise's by default
 * @returns the names of the files in exercises/ that differ from the untouched copy or are missing
 */
export async function changedSinceSkeleton(
  root: string,
  exercise: Folder,
  names: readonly string[] = namesOf(exercise),
): Promise<string[]> {
  const skeleton = await readSkeleton(root, exercise);
  const changed = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(root, 'exercises', exercise.slug, name), 'utf8').catch(() => undefined);
      return text === undefined || sameLines(text) !== sameLines(skeleton.get(name) ?? '') ? [name] : [];
    }),
  );
  return changed.flat();
}

const namesOf = ({ files }: Folder): string[] => [...files.student, ...files.given];

// git may check out other line ends on Windows; that is no change of the student's.
const sameLines = (text: string): string => text.replaceAll('\r\n', '\n');

function readExerciseFile(root: string, { slug }: Folder, name: string): Promise<string> {
  return readFile(join(root, 'exercises', slug, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new KataError(
      `exercises/${slug}/${name} is listed in the manifest and cannot be read (${error.code ?? error.message}).`,
    );
  });
}
