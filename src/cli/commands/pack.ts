import { packSkeleton } from '#src/course/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';

/**
 * `kata pack`: makes what lies in exercises/ the untouched copy that `reset` restores, shared files always included.
 */
export async function pack({ root, terminal }: Context, names: readonly string[]): Promise<number> {
  const onlyShared = names.length > 0 && names.every((name) => name === 'shared');
  const { exercises, shared } = await chosenExercises(
    root,
    names.filter((name) => name !== 'shared'),
  );
  const folders = [...(onlyShared ? [] : exercises), ...(shared ? [shared] : [])];
  for (const folder of folders) terminal.line(`written: ${await packSkeleton(root, folder)}`);
  return 0;
}
