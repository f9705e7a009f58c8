import type { Exercise } from '#src/course/index.ts';
import type { TaskRecord } from '#src/grade/index.ts';
import { type Mistake, shapeOf, telltaleWords } from '#src/mistakes/index.ts';
import { type Mutant, mutantPath } from './mutant.ts';
import { type Files, hunksOf, patchFiles } from './patch.ts';

/**
 * Makes of a judged mutant what a student's failure is compared with.
 * @param reference the student's files as they are right
 * @param tasks what came of the mutant's tasks
 * @throws {Error} where no check fails
 */
export function mistakeOf(
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
    places: hunksOf(path, diff).map(({ file, lines, around }) => ({
      file,
      lines: lines.map((line) => line.trim()),
      around: around.map((line) => line.trim()),
    })),
  };
}
