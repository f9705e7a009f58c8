import { findExercise, KataError, loadCourse, pointsPerExercise, type Exercise } from '#src/course/index.ts';
import { readProgress, stateOf } from '#src/guide/index.ts';
import type { Context } from '../context.ts';
import { solutionText } from '../solution-text.ts';

/** `kata solution`: the reference beside the student's files, once the exercise is solved or with --yes. */
export async function solution({ root, terminal }: Context, name: string, { yes }: { yes?: boolean }): Promise<number> {
  const exercise = findExercise(await loadCourse(root), name);
  const { progress, warning } = await readProgress(root);
  if (warning !== undefined) terminal.note(warning);
  const { state, points } = await stateOf(root, exercise, progress);
  if (!yes && state !== 'solved' && state !== 'changed') throw new KataError(texts.unsolved(exercise, points));
  const { difference, notes } = await solutionText(root, exercise, terminal);
  terminal.line([difference, notes].filter(Boolean).join('\n\n'));
  return 0;
}

const texts = {
  unsolved: ({ id, slug }: Exercise, points: number | null) =>
    `${slug} is not solved yet${points === null ? '' : ` (${points}/${pointsPerExercise})`}, ` +
    `and the reference would give everything away. ` +
    `A hint: npm run kata hint ${id} · The reference anyway: npm run kata solution ${id} -- --yes`,
};
