import { packSkeleton } from '#src/course/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';

/** `kata pack`: for authors, makes what lies in exercises/ the untouched copy that `reset` restores. */
export async function pack({ root, terminal }: Context, names: readonly string[]): Promise<number> {
  const { exercises } = await chosenExercises(root, names);
  for (const exercise of exercises) terminal.line(`written: ${await packSkeleton(root, exercise)}`);
  return 0;
}
