import { type Exercise, missingFiles } from '#src/course/index.ts';

/**
 * Names lost files, because a failing import would be a worse explanation.
 * @param root the course's folder, absolute
 * @returns which files of the exercise are missing, and how to restore them; undefined if none is
 */
export async function missingSentence(root: string, exercise: Exercise): Promise<string | undefined> {
  for (const folder of [exercise, ...(exercise.shared ? [exercise.shared] : [])]) {
    const missing = await missingFiles(root, folder);
    if (missing.length === 0) continue;
    return (
      `Missing in exercises/${folder.slug}: ${missing.join(', ')}. ` +
      `To restore the exercise: npm run kata reset ${exercise.id} (your files are kept in .kata/kept/)`
    );
  }
  return undefined;
}
