import { cp, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '#src/system/index.ts';

const here = fileURLToPath(new URL('../../../', import.meta.url));

/** A copy of this course that a student may work on. */
export interface RealCourse {
  /** Absolute. */
  readonly root: string;
  /** Copies files of the reference over the student's, paths from the exercises: `03-countdown-threads/split.ts`. */
  solve(...paths: string[]): Promise<void>;
  remove(): Promise<void>;
}

/**
 * @param slugs the exercises whose suites and references come along
 * @returns a course with all skeletons; give it back with `remove`
 */
export async function realCourse(...slugs: string[]): Promise<RealCourse> {
  const { path: root, remove } = await temporaryFolder('kata-real-course-');
  const take = (path: string) => cp(join(here, path), join(root, path), { recursive: true });
  for (const path of ['package.json', 'tsconfig.json', 'vitest.config.ts', 'exercises', 'src']) await take(path);
  const suites = await readdir(join(here, 'tests'));
  for (const name of suites) {
    if (!/^\d/.test(name) || slugs.includes(name)) await take(`tests/${name}`);
    // The list of exercises compares each with its untouched copy.
    else await take(`tests/${name}/skeleton.json`);
  }
  for (const slug of slugs) await take(`solutions/${slug}`);
  await symlink(join(here, 'node_modules'), join(root, 'node_modules'), 'junction');
  return {
    root,
    async solve(...paths) {
      for (const path of paths) await cp(join(here, 'solutions', path), join(root, 'exercises', path));
    },
    remove,
  };
}
