import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pMap from 'p-map';
import type { Exercise } from '#src/course/index.ts';
import { gradeExercise } from '#src/grade/index.ts';
import { type Mistake, mistakesPath, readMistakes } from '#src/mistakes/index.ts';
import { mistakeOf } from './mistake-of.ts';
import { type Mutant, readMutants } from './mutant.ts';
import { layOut, readReference } from './variants.ts';

export interface RecordOptions {
  root: string;
  /** Only the mutants whose label contains this text; the others stay in the list as they are. */
  only?: string | undefined;
  /** How many mutants are judged at once; those whose verdict rests on time are always alone. */
  jobs: number;
  onMistake?: (name: string, summary: string) => void;
}

/**
 * Judges every mutant of an exercise by all checks of its tasks, and writes what failed to the exercise's list of
 * mistakes.
 * @throws {Error} where a mutant could not be judged, or nothing fails
 */
export async function recordMistakes(exercise: Exercise, options: RecordOptions): Promise<void> {
  const { root, jobs, only = '', onMistake } = options;
  const reference = await readReference(root, exercise);
  const isChosen = ({ name }: { readonly name: string }) => `${exercise.id} mutants/${name}`.includes(only);
  const all = await readMutants(root, exercise);
  const mutants = all.filter(isChosen);
  const known = only === '' ? [] : await readMistakes(root, exercise);
  const mistakes = known.filter((each) => !isChosen(each) && all.some(({ name }) => name === each.name));
  const judge = async (mutant: Mutant) => {
    const { submission, remove } = await layOut(root, exercise, `mutants/${mutant.name}`);
    try {
      const record = await gradeExercise(exercise, { root, submission, typeErrors: false, tasks: mutant.tasks });
      if (record.fault) throw new Error(`${mutant.name} could not be judged: ${record.fault.sentence}`);
      const mistake = mistakeOf(exercise, mutant, reference, record.tasks);
      mistakes.push(mistake);
      onMistake?.(mutant.name, Object.keys(mistake.failed).join(', '));
    } finally {
      await remove();
    }
  };
  const together = mutants.filter(({ alone }) => !alone);
  await pMap(together, judge, { concurrency: jobs });
  for (const mutant of mutants.filter(({ alone }) => alone)) await judge(mutant);
  await writeMistakes(root, exercise, mistakes);
}

/** Writes the list, sorted by name. */
async function writeMistakes(root: string, exercise: Exercise, mistakes: readonly Mistake[]): Promise<void> {
  const sorted = mistakes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const path = join(root, mistakesPath(exercise));
  // As Prettier has it, so that lint accepts the file as it is. Only the course itself has Prettier, and records.
  const { format, resolveConfig } = await import('prettier');
  await writeFile(
    path,
    await format(JSON.stringify(sorted, undefined, 2), { ...(await resolveConfig(path)), filepath: path }),
  );
}
