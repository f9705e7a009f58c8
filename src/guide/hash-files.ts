import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Exercise, partsOf } from '#src/course/index.ts';
import { filesBelow } from '#src/system/index.ts';

/**
 * @param root the course's folder, absolute
 * @returns SHA-256 (hex) of the names and contents of the student's files; missing ones count as such
 */
export const hashOfStudentFiles = (root: string, { slug, files }: Exercise): Promise<string> =>
  hashOf(
    join(root, 'exercises'),
    files.student.map((name) => [name, `${slug}/${name}`]),
  );

/**
 * @param root the course's folder, absolute
 * @returns SHA-256 (hex) of all that a verdict may rest on: the code in the exercise's folder, helper files of the
 *   student's own included, in those of the exercises that it builds on, and in exercises/shared/
 */
export async function hashOfImportedFiles(root: string, exercise: Exercise): Promise<string> {
  const folders = codeFolders(exercise);
  const names = await Promise.all(
    folders.map(async (slug) => {
      const below = await filesBelow(join(root, 'exercises', slug));
      return below.filter(isCode).map((name) => `${slug}/${name}`);
    }),
  );
  return hashOf(
    join(root, 'exercises'),
    names.flat().map((name) => [name, name]),
  );
}

/**
 * @param root the course's folder, absolute
 * @returns SHA-256 (hex) of the files that come with the exercise, and of those in exercises/shared/
 */
export const hashOfGivenFiles = (root: string, { slug, files, shared }: Exercise): Promise<string> =>
  hashOf(
    join(root, 'exercises'),
    [
      ...files.given.map((name) => `${slug}/${name}`),
      ...(shared?.files.given ?? []).map((name) => `shared/${name}`),
    ].map((name) => [name, name]),
  );

/** @returns the folders of exercises/ whose code the exercise may import, its own first */
export const codeFolders = (exercise: Exercise): string[] => [
  ...new Set([...partsOf(exercise).map((part) => part.exercise.slug), 'shared']),
];

/**
 * @param path from a folder of exercises/
 * @returns whether the path is that of code, not of a lesson or of an editor's draft
 */
export const isCode = (path: string): boolean =>
  /\.([cm]?[jt]sx?|json)$/.test(path) && !path.split(/[/\\]/).some((name) => /^\.|^node_modules$/.test(name));

async function hashOf(folder: string, files: readonly (readonly [name: string, path: string])[]): Promise<string> {
  const hash = createHash('sha256');
  for (const [name, path] of files) {
    const content = await readFile(join(folder, path)).catch(() => undefined);
    hash.update(`${name}\0${content?.length ?? 'missing'}\0`).update(content ?? '');
  }
  return hash.digest('hex');
}
