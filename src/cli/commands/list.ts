import { loadCourse } from '#src/course/index.ts';
import { readProgress, stateOf } from '#src/guide/index.ts';
import type { Context } from '../context.ts';
import { exerciseTable } from '../exercise-table.ts';

/** `kata list`: every exercise with its state and points. */
export async function list({ root, terminal }: Context, { json }: { json?: boolean }): Promise<number> {
  const course = await loadCourse(root);
  const { progress, warning } = await readProgress(root);
  if (warning !== undefined) terminal.note(warning);
  const states = await Promise.all(course.exercises.map((exercise) => stateOf(root, exercise, progress)));
  if (json)
    terminal.line(
      JSON.stringify(
        {
          version: 1,
          exercises: states.map(({ exercise, ...state }) => ({
            id: exercise.id,
            slug: exercise.slug,
            title: exercise.title,
            minutes: exercise.minutes,
            ...state,
          })),
        },
        undefined,
        2,
      ),
    );
  else terminal.line(exerciseTable(states, terminal));
  return 0;
}
