import { writeDrawings } from '#src/verify/index.ts';
import { chosenExercises } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';

/**
 * `kata draw`: draws the timelines of the lessons as SVG, and names each image that it cannot draw.
 * @returns exit code: 0 all are drawn, 1 otherwise
 */
export async function draw({ root, terminal }: Context, names: readonly string[]): Promise<number> {
  const { exercises } = await chosenExercises(root, names);
  let faulty = 0;
  for (const exercise of exercises) {
    const { paths, faults } = await writeDrawings(root, exercise);
    faulty += faults.length;
    for (const fault of faults) terminal.note(fault);
    for (const path of paths) terminal.line(`written: ${path}`);
  }
  return faulty === 0 ? 0 : 1;
}
