import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { classPage, readReferences } from '#src/class-page/index.ts';
import type { Course } from '#src/course/index.ts';
import type { GradeRecord, Submission } from '#src/grade/index.ts';

/**
 * @param root the course, absolute
 * @param course the exercises that were judged
 * @returns the instructor's page with this one submission
 */
export async function submissionPage(
  root: string,
  course: Course,
  record: GradeRecord,
  { exercises, repository }: Submission,
): Promise<string> {
  const read = async (slug: string, file: string) => {
    const text = await readFile(join(exercises, slug, file), 'utf8').catch(() => undefined);
    return text === undefined ? [] : [[file, text] as const];
  };
  const judged = record.exercises.map(async ({ slug, files }) => {
    const texts = await Promise.all(files.taken.map((file) => read(slug, file)));
    return [slug, Object.fromEntries(texts.flat())] as const;
  });
  const sources = Object.fromEntries(await Promise.all(judged));
  const student = basename(repository ?? exercises);
  return classPage([{ student, fingerprint: '', record, sources }], {
    title: `Concurrency kata: ${student}`,
    references: await readReferences(root, course),
  });
}
