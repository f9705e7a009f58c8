import { hintsPath, KataError, readHints, type Exercise, type HintStep } from '#src/course/index.ts';
import { progressOf, readProgress, updateProgress } from './progress.ts';

/** Hint steps to show, and where they stand among all steps of the task. */
export interface Revealed {
  readonly task: number;
  readonly steps: readonly HintStep[];
  /** Number of the first of `steps`, from 1. */
  readonly from: number;
  /** Steps that the task has. */
  readonly of: number;
  /** The known mistake that the task's last failure looks like. */
  readonly misconception: string | undefined;
  /** What to tell of the progress file. */
  readonly warnings: readonly string[];
}

/**
 * Goes one step further in the hints of a task and remembers it; once all are known, all come again.
 * @param root the course's folder, absolute
 * @param number the task, from 1; when left out the first one that did not pass in the last run
 * @param all every step at once
 * @throws {KataError} where the task has no hints
 */
export async function revealHint(root: string, exercise: Exercise, number?: number, all = false): Promise<Revealed> {
  const { progress, warning } = await readProgress(root);
  const known = progressOf(progress, exercise);
  const task = number ?? known.last?.task ?? 1;
  const steps = await stepsOf(root, exercise, task);
  const shown = known.hints?.[task] ?? 0;
  const [from, to] = all || shown >= steps.length ? [0, steps.length] : [shown, shown + 1];
  const { warning: unwritten } = await updateProgress(root, exercise, (before) => ({
    ...before,
    hints: { ...before.hints, [task]: Math.max(to, shown) },
  }));
  return {
    task,
    steps: steps.slice(from, to),
    from: from + 1,
    of: steps.length,
    misconception: known.last?.task === task ? known.last.misconception : undefined,
    warnings: [warning, unwritten].filter((each) => each !== undefined),
  };
}

/** The hints of a task that the student has read. */
export interface ReadHints {
  readonly task: number;
  /** From the first one on. */
  readonly steps: readonly HintStep[];
  /** Steps that the task has. */
  readonly of: number;
  /** What to tell of the progress file. */
  readonly warning: string | undefined;
}

/**
 * Shows what has been read of a task's hints, at least the first step, and remembers how far that is.
 * @param root the course's folder, absolute
 * @param task from 1
 * @param further one step more than before
 * @throws {KataError} where the task has no hints
 */
export async function readHintsUpTo(
  root: string,
  exercise: Exercise,
  task: number,
  further: boolean,
): Promise<ReadHints> {
  const { progress, warning } = await readProgress(root);
  const steps = await stepsOf(root, exercise, task);
  const before = progressOf(progress, exercise).hints?.[task] ?? 0;
  const to = Math.min(steps.length, Math.max(1, further ? before + 1 : before));
  if (to === before) return { task, steps: steps.slice(0, to), of: steps.length, warning };
  const { warning: unwritten } = await updateProgress(root, exercise, (known) => ({
    ...known,
    hints: { ...known.hints, [task]: Math.max(to, known.hints?.[task] ?? 0) },
  }));
  return { task, steps: steps.slice(0, to), of: steps.length, warning: warning ?? unwritten };
}

async function stepsOf(root: string, exercise: Exercise, task: number): Promise<readonly HintStep[]> {
  const steps = (await readHints(root, exercise)).get(task) ?? [];
  if (steps.length > 0) return steps;
  throw new KataError(
    `${hintsPath(exercise)} has no hints under "## Task ${task}"; the README of the exercise is the next best place.`,
  );
}
