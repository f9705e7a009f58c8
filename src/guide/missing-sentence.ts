import { type Exercise, missingFiles } from '#src/course/index.ts';

/**
 * @param root the course's folder, absolute
 * @returns names the exercise's files that are not there, since a failing import would say it worse; undefined when all are
 */
export async function missingSentence(root: string, exercise: Exercise): Promise<string | undefined> {
  const missing = await missingFiles(root, exercise);
  if (missing.length === 0) return undefined;
  return `exercises/${exercise.slug} lacks ${missing.join(', ')}; npm run kata reset ${exercise.id} brings all files back to the beginning and keeps yours in .kata/kept/.`;
}
