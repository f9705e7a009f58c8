import { type Exercise } from '#src/course/index.ts';
import { gradeExercise } from '#src/grade/index.ts';
import type { Check } from '#src/suite/index.ts';
import { readMutants } from '../mutant.ts';
import { filesOf, type Files } from '../patch.ts';
import { layOutFiles } from '../variants.ts';

/** Numbers of tasks that are judged in one run. */
export type Stage = readonly number[];

export interface Stages {
  /** The runs for a mutation of a file, one after the other until one fails. The tasks that it is about come first. */
  plain: (file: string) => Stage[];
  /** The tasks that measure speed, and need the machine for themselves. */
  speed: Stage;
}

/** The named mutants show which tasks a file is about: those that a change of it fails. */
export async function stagesOf(root: string, exercise: Exercise): Promise<Stages> {
  const numbers = exercise.tasks.map((_, at) => at + 1);
  const isSpeed = (task: number) => exercise.tasks[task - 1]?.speed === true;
  const mutants = await readMutants(root, exercise);
  const plain = (file: string): Stage[] => {
    const about = mutants.filter(({ name, diff }) => filesOf(name, diff).includes(file)).flatMap(({ tasks }) => tasks);
    const all = numbers.filter((task) => !isSpeed(task));
    const stages = [all.filter((task) => about.includes(task)), all.filter((task) => !about.includes(task))];
    return stages.filter((stage) => stage.length > 0);
  };
  return { plain, speed: numbers.filter(isSpeed) };
}

/**
 * Judges files until the first check fails.
 * @returns how they failed, in a few words; undefined where they earn all points
 * @throws {Error} when something failed that is not theirs
 */
export async function firstFailure(
  root: string,
  exercise: Exercise,
  files: Files,
  stages: readonly Stage[],
): Promise<string | undefined> {
  const { submission, remove } = await layOutFiles(exercise, files);
  try {
    for (const tasks of stages) {
      const failure = await failureIn(tasks);
      if (failure !== undefined) return failure;
    }
    return undefined;
  } finally {
    await remove();
  }

  async function failureIn(tasks: Stage): Promise<string | undefined> {
    const certain = new AbortController();
    let failure: string | undefined;
    const onCheck = ({ id, state, verdict }: Check) => {
      if (state !== 'failed' || failure !== undefined) return;
      failure = `${verdict} in ${id}`;
      // It may hang in every check that is left.
      certain.abort();
    };
    const options = { root, submission, typeErrors: false, tasks, onCheck, signal: certain.signal };
    const record = await gradeExercise(exercise, options).catch((error: unknown) => {
      if (failure === undefined) throw error;
      return undefined;
    });
    if (failure !== undefined || record === undefined) return failure;
    if (record.fault) throw new Error(record.fault.sentence);
    const lost = record.tasks.find(({ points, attainable }) => points < attainable);
    return lost && `${lost.verdict} in task ${lost.number}`;
  }
}
