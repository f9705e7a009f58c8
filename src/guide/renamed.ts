import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Course, type Exercise, skeletonPath } from '#src/course/index.ts';
import { nameIn, type Progress, progressOf, updateProgress } from './progress.ts';

/**
 * Looks for what an update of the course has changed under the student's feet. Nothing is moved or overwritten.
 * @param root the course's folder, absolute
 * @returns a sentence for each exercise that has a new name or is gone
 */
export function renamedSentences({ exercises }: Course, progress: Progress): string[] {
  const slugs = new Set(exercises.map(({ slug }) => slug));
  return Object.keys(progress.exercises)
    .filter((slug) => !slugs.has(slug))
    .map((old) => {
      const now = exercises.find(
        ({ slug, formerly = [] }) => formerly.includes(old) || nameIn(slug) === nameIn(old),
      )?.slug;
      const sameNumber = exercises.find(({ id }) => old.startsWith(`${id}-`))?.slug;
      if (now !== undefined) return texts.renamed(old, now);
      return texts.gone(old, sameNumber);
    });
}

/**
 * Compares the untouched copy of an exercise with the one that the student began with, and remembers it.
 * @param root the course's folder, absolute
 * @returns a sentence where the course has changed it since
 */
export async function changedSkeletonSentence(
  root: string,
  exercise: Exercise,
  progress: Progress,
): Promise<string | undefined> {
  const text = await readFile(join(root, skeletonPath(exercise))).catch(() => undefined);
  if (text === undefined) return undefined;
  const skeleton = createHash('sha256').update(text).digest('hex');
  const known = progressOf(progress, exercise);
  if (known.skeleton === skeleton) return undefined;
  // Before a first verdict there is nothing that a changed beginning could surprise.
  if (known.last !== undefined) await updateProgress(root, exercise, (before) => ({ ...before, skeleton }));
  return known.skeleton === undefined ? undefined : texts.changed(exercise);
}

const texts = {
  renamed: (old: string, now: string) =>
    `${old} is called ${now} now: your progress counts for it, and files of yours in exercises/${old}/ stay there.`,
  gone: (old: string, sameNumber: string | undefined) =>
    `The course has no ${old} any more` +
    `${sameNumber === undefined ? '' : ` (its number belongs to ${sameNumber})`}: your progress and files are kept.`,
  changed: ({ slug }: Exercise) =>
    `The course has changed the first version of ${slug} since you began. Your files are as you left them; a reset ` +
    'gives you the new ones and keeps yours.',
};
