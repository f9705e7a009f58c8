import { findExercise, loadCourse } from '#src/course/index.ts';
import { resetExercise } from '#src/guide/index.ts';
import type { Context } from '../context.ts';

/** `kata reset`: the exercise as it was before any student; what lay there is kept under a dated name. */
export async function reset({ root, terminal }: Context, name: string): Promise<number> {
  const exercise = findExercise(await loadCourse(root), name);
  const { files, kept, warning } = await resetExercise(root, exercise);
  if (files.length === 0) {
    terminal.line(`${exercise.slug} is as it was: nothing to reset.`);
    return 0;
  }
  terminal.line(`${exercise.slug} is as it was at the beginning: ${files.join(', ')}.`);
  if (kept !== undefined) terminal.line(`What was there is kept in ${kept}/`);
  if (warning !== undefined) terminal.note(warning);
  terminal.line(`Next: npm run kata run ${exercise.id}`);
  return 0;
}
