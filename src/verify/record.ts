import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exercise } from '#src/course/index.ts';
import { type TaskRecord, gradeExercise } from '#src/grade/index.ts';
import { type Mistake, mistakesPath, shapeOf, telltaleWords } from '#src/mistakes/index.ts';
import { type Mutant, mutantPath, readMutants } from './mutant.ts';
import { type Files, hunksOf, patchFiles } from './patch.ts';
import { layOut, readReference } from './variants.ts';

export interface RecordOptions {
  root: string;
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
  const { root, jobs, onMistake } = options;
  const reference = await readReference(root, exercise);
  const mistakes: Mistake[] = [];
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
  const mutants = await readMutants(root, exercise);
  const together = mutants.filter(({ alone }) => !alone).values();
  const worker = async () => {
    for (const mutant of together) await judge(mutant);
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  for (const mutant of mutants.filter(({ alone }) => alone)) await judge(mutant);
  await writeMistakes(root, exercise, mistakes);
}

/** Writes the list, sorted by name. */
async function writeMistakes(root: string, exercise: Exercise, mistakes: readonly Mistake[]): Promise<void> {
  const sorted = mistakes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  await writeFile(join(root, mistakesPath(exercise)), `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/**
 * @param reference the student's files as they are right
 * @param tasks what came of the mutant's tasks
 */
function mistakeOf(
  exercise: Exercise,
  mutant: Mutant,
  reference: Files,
  tasks: readonly Pick<TaskRecord, 'checks'>[],
): Mistake {
  const { name, misconception, diff } = mutant;
  const path = mutantPath(exercise, name);
  const failed = tasks.flatMap(({ checks }) => checks).filter(({ state }) => state === 'failed');
  const [first] = failed;
  if (first === undefined) throw new Error(`${path}: no check fails.`);
  const [right, wrong] = [reference, patchFiles(path, diff, reference)].map(
    (files) => new Set(telltaleWords([...files.values()].join('\n'))),
  );
  return {
    name,
    misconception,
    failed: Object.fromEntries(failed.map(({ id, verdict }) => [id, verdict])),
    sentence: shapeOf(first.sentence ?? ''),
    uses: [...wrong!].filter((word) => !right!.has(word)),
    lacks: [...right!].filter((word) => !wrong!.has(word)),
    places: hunksOf(path, diff).map(({ file, lines }) => ({ file, lines: lines.map((line) => line.trim()) })),
  };
}
