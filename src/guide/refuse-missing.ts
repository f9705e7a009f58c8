import type { Exercise } from '#src/course/course.ts';
import { missingFiles } from '#src/course/check-files.ts';
import { KataError } from '#src/course/kata-error.ts';

/**
 * @param root the course's folder, absolute
 * @throws {KataError} names the files that are not there, since an import that fails would say it worse
 */
export async function refuseMissing(root: string, exercise: Exercise): Promise<void> {
  const missing = await missingFiles(root, exercise);
  if (missing.length === 0) return;
  throw new KataError(`exercises/${exercise.slug} lacks ${missing.join(', ')}; npm run kata reset ${exercise.id} brings all files back to the beginning and keeps yours in .kata/kept/.`);
}
