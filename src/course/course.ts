import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { courseSchema, type Course, type Exercise, type Manifest } from './course-schema.ts';
import { KataError } from './kata-error.ts';
import { parseAs } from './schema.ts';

/** Where the manifest lies, from the course's root; also its name in messages. */
export const manifestPath = 'exercises/course.json';

/**
 * Reads the manifest and checks it against its schema. It does not look for the files that the manifest lists: a
 * student may have lost one, and `reset` must still work (`checkFiles` looks).
 * @param root the course's folder (the one with package.json), absolute
 * @throws {KataError} one sentence with the path and the field that is wrong
 */
export async function loadCourse(root: string): Promise<Course> {
  const text = await readFile(join(root, manifestPath), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new KataError(
      `${manifestPath} cannot be read (${error.code ?? error.message}). ` +
        `Restore it with \`git checkout -- ${manifestPath}\`, or copy it from a fresh download of the course.`,
    );
  });
  return courseOf(parseAs(courseSchema, manifestPath, text));
}

/** Replaces names by what they stand for. A used exercise stands before the one that uses it. */
function courseOf(manifest: Manifest): Course {
  const { version, shared: given } = manifest;
  const shared = given && { shared: { id: 'shared', slug: 'shared', files: { student: [], given } } };
  const exercises: Exercise[] = [];
  for (const { uses, ...exercise } of manifest.exercises) {
    const used = uses && { uses: exercises.filter(({ slug }) => uses.includes(slug)) };
    exercises.push({ ...exercise, ...used, ...shared });
  }
  return { version, exercises, ...shared };
}
