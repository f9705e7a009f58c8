import { writeContract } from '#src/verify/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';

/**
 * `kata contract`: writes tests/NN-slug/CONTRACT.md for each exercise and names what is missing in it.
 * @returns exit code: 0 no gap, 1 otherwise
 */
export async function contract({ root, terminal }: Context, names: readonly string[]): Promise<number> {
  const { exercises } = await chosenExercises(root, names);
  let gaps = 0;
  for (const exercise of exercises) {
    const { path, faults } = await writeContract(root, exercise);
    gaps += faults.length;
    for (const fault of faults) terminal.note(fault);
    terminal.line(
      `written: ${path}${faults.length > 0 ? `, ${faults.length} ${faults.length === 1 ? 'gap' : 'gaps'}` : ''}`,
    );
  }
  return gaps === 0 ? 0 : 1;
}
