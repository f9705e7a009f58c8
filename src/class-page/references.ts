import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#src/course/index.ts';
import type { References } from './class-data.ts';

/**
 * @param root the course, absolute
 * @returns the files of the references that a student writes; nothing of those that cannot be read
 */
export async function readReferences(root: string, exercises: readonly Exercise[]): Promise<References> {
  const read = async (slug: string, file: string) => {
    const text = await readFile(join(root, 'solutions', slug, file), 'utf8').catch(() => undefined);
    return text === undefined ? [] : [[file, text] as const];
  };
  const entries = exercises.map(async ({ slug, files }) => {
    const texts = await Promise.all(files.student.map((file) => read(slug, file)));
    return [slug, Object.fromEntries(texts.flat())] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
