import type { Exercise } from '#src/course/index.ts';
import { type ExerciseRecord, gradeExercise, type GradeOptions } from '#src/grade/index.ts';
import { explain } from '#src/mistakes/index.ts';
import type { Check } from '#src/suite/index.ts';
import type { Verdict } from '#src/verdict/index.ts';
import type { Files } from './patch.ts';
import { layOutFiles } from './variants.ts';

/** A task whose verdict can change no more. */
export interface CertainTask {
  number: number;
  verdict: Verdict;
  checks: Check[];
}

/**
 * Judges a wrong answer and ends the run as soon as enough is known: it may hang in every check that is left.
 * @param root the course, absolute
 * @param files the student's
 * @param numbers the tasks, from 1
 * @param isEnough whether these tasks are all that needs to be known
 * @param hurried whether what hangs is given up sooner
 * @returns the tasks with what is known of the mistake; the record too, if the run went to its end
 */
export async function gradeFilesUntil(
  root: string,
  exercise: Exercise,
  files: Files,
  numbers: readonly number[],
  isEnough: (tasks: CertainTask[]) => boolean,
  hurried = false,
): Promise<{ record?: ExerciseRecord; tasks: CertainTask[] }> {
  const { submission, remove } = await layOutFiles(exercise, files);
  try {
    const judged = await gradeUntil(
      exercise,
      { root, submission, typeErrors: false, tasks: numbers, hurried },
      isEnough,
    );
    if (judged.record) return judged;
    return { tasks: await explain(root, exercise, `exercises/${exercise.slug}`, files, judged.tasks) };
  } finally {
    await remove();
  }
}

/**
 * Grades, and ends the run as soon as enough is known.
 * @returns the certain tasks as the suite left them; or the record and its tasks, if the run went to its end
 */
export async function gradeUntil(
  exercise: Exercise,
  options: GradeOptions & { tasks: readonly number[] },
  isEnough: (tasks: CertainTask[]) => boolean,
): Promise<{ record?: ExerciseRecord; tasks: CertainTask[] }> {
  const ended: Check[] = [];
  const certain = new AbortController();
  const onCheck = (check: Check) => {
    ended.push(check);
    if (isEnough(certainTasks(ended, options.tasks))) certain.abort();
  };
  try {
    const record = await gradeExercise(exercise, { ...options, onCheck, signal: certain.signal });
    return { record, tasks: record.tasks };
  } catch (error) {
    if (!certain.signal.aborted) throw error;
    return { tasks: certainTasks(ended, options.tasks) };
  }
}

/**
 * @param ended checks that have ended, in any order
 * @returns the tasks whose verdict can change no more, with their checks so far: the first failed check has ended, and
 *   all before it
 */
export function certainTasks(ended: readonly Check[], tasks: readonly number[]): CertainTask[] {
  return tasks.flatMap((number) => {
    for (let place = 1; ; place++) {
      const check = ended.find(({ id }) => id === `${number}.${place}`);
      if (check === undefined || check.state === 'missing') return [];
      if (check.state === 'failed')
        return [{ number, verdict: check.verdict, checks: ended.filter(({ task }) => task === number) }];
    }
  });
}
