import type { Course, Exercise } from '#src/course/course.ts';
import { loadCourse } from '#src/course/course.ts';
import { findExercise } from '#src/course/find-exercise.ts';
import { KataError } from '#src/course/kata-error.ts';
import type { HintStep } from '#src/guide/hints.ts';
import { hintsPath, readHints } from '#src/guide/hints.ts';
import type { Progress } from '#src/guide/progress.ts';
import { readProgress, updateProgress } from '#src/guide/progress.ts';
import { firstUnsolved } from '#src/guide/state.ts';
import type { Context } from '../context.ts';
import { taskNumber } from '../task-number.ts';
import { paint } from '../terminal.ts';

/** `kata hint`: one step further with each call, for the task that fails or the one that is named. */
export async function hint({ root, terminal }: Context, name: string | undefined, number: string | undefined, { all }: { all?: boolean }): Promise<number> {
  const course = await loadCourse(root);
  const { progress, warning } = await readProgress(root);
  if (warning !== undefined) terminal.note(warning);
  const exercise = await chosen(root, course, progress, name);
  const known = progress.exercises[exercise.slug] ?? {};
  const task = number === undefined ? (known.last?.task ?? 1) : taskNumber(exercise, number, 'hint');
  const steps = (await readHints(root, exercise)).get(task) ?? [];
  if (steps.length === 0) throw new KataError(`${hintsPath(exercise)} has no hints under "## Task ${task}"; the README of the exercise is the next best place.`);

  const shown = known.hints?.[task] ?? 0;
  const [from, to] = all || shown >= steps.length ? [0, steps.length] : [shown, shown + 1];
  terminal.line(`${paint(terminal, 'bold', `${exercise.slug} · Task ${task}: ${exercise.tasks[task - 1]?.title ?? ''}`)}\n`);
  for (const [at, step] of steps.slice(from, to).entries()) terminal.line(textOf(step, from + at + 1, steps.length));
  terminal.line(to < steps.length ? texts.more(exercise, task) : texts.last(exercise));
  const { warning: unwritten } = await updateProgress(root, exercise.slug, (before) => ({ ...before, hints: { ...before.hints, [task]: Math.max(to, shown) } }));
  if (unwritten !== undefined) terminal.note(unwritten);
  return 0;
}

const chosen = async (root: string, course: Course, progress: Progress, name: string | undefined): Promise<Exercise> =>
  name === undefined ? ((await firstUnsolved(root, course, progress)) ?? (course.exercises[0] as Exercise)) : findExercise(course, name);

const textOf = ({ title, text }: HintStep, number: number, of: number): string => `[${number}/${of}] ${title}\n\n${text}\n`;

const texts = {
  more: ({ id }: Exercise, task: number) => `One step further: npm run kata hint ${id} ${task}`,
  last: ({ id }: Exercise) => `That was the last step. The reference beside your code: npm run kata solution ${id}`,
};
