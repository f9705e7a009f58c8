import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Course, Folder } from './course-schema.ts';
import { manifestPath } from './course.ts';
import { KataError } from './kata-error.ts';

/**
 * @param root the course's folder, absolute
 * @returns the names of the exercise's files (students' and given) that are not there
 */
export async function missingFiles(root: string, { slug, files }: Folder): Promise<string[]> {
  const names = [...files.student, ...files.given];
  const there = await Promise.all(names.map((name) => isFile(join(root, 'exercises', slug, name))));
  return names.filter((_, at) => !there[at]);
}

/**
 * For those who keep the course: looks for every folder and file that the manifest lists.
 * @param root the course's folder, absolute
 * @throws {KataError} names the first one that is not there
 */
export async function checkFiles(root: string, course: Course): Promise<void> {
  for (const [at, exercise] of course.exercises.entries()) {
    for (const tree of ['exercises', 'solutions', 'tests']) {
      if (!(await isFolder(join(root, tree, exercise.slug)))) {
        throw new KataError(
          `${manifestPath}: exercises[${at}].slug must name a folder of ${tree}/, ` +
            `and ${tree}/${exercise.slug}/ does not exist.`,
        );
      }
    }
    const [first] = await missingFiles(root, exercise);
    if (first !== undefined) {
      const list = exercise.files.student.includes(first) ? 'student' : 'given';
      const place = exercise.files[list].indexOf(first);
      throw new KataError(
        `${manifestPath}: exercises[${at}].files.${list}[${place}] must be a file of exercises/${exercise.slug}/, ` +
          `and "${first}" does not exist.`,
      );
    }
  }
  const [lost] = course.shared ? await missingFiles(root, course.shared) : [];
  if (lost !== undefined) throw new KataError(`${manifestPath}: exercises/shared/${lost} does not exist.`);
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
