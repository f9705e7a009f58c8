import { type Exercise, loadCourse } from '#src/course/index.ts';
import {
  checkExercise,
  compilerRemarks,
  firstUnsolved,
  missingSentence,
  readProgress,
  stateOf,
} from '#src/guide/index.ts';
import type { Context } from '../context.ts';
import { exerciseTable } from '../exercise-table.ts';
import { session } from '../session.ts';
import { closing, firstCheck } from '../suite-report.ts';

/**
 * `npm start`: with a terminal a session that checks at every save; without one, where the student is and what comes
 * next.
 */
export async function start(context: Context): Promise<number> {
  const { root, terminal, runSuite } = context;
  const course = await loadCourse(root);
  const { progress, warning } = await readProgress(root);
  if (warning !== undefined) terminal.note(warning);
  const exercise = await firstUnsolved(root, course, progress);
  if (terminal.interactive) return session(context, course, exercise ?? (course.exercises[0] as Exercise));

  terminal.line(
    `${exerciseTable(await Promise.all(course.exercises.map((each) => stateOf(root, each, progress))), terminal)}\n`,
  );
  if (exercise === undefined) {
    terminal.line(texts.allSolved);
    return 0;
  }
  terminal.line(texts.first(exercise));
  const missing = await missingSentence(root, exercise);
  if (missing !== undefined) {
    terminal.line(missing);
    return 0;
  }
  const { warning: unwritten, ...outcome } = await checkExercise(root, exercise, { runSuite });
  if (unwritten !== undefined) terminal.note(unwritten);
  terminal.line(`${firstCheck(outcome, terminal)}\n`);
  terminal.line(closing(outcome, await compilerRemarks(root, outcome), terminal));
  return 0;
}

const texts = {
  allSolved: 'Every exercise is solved. What a grader says of it all: npm run kata grade',
  first: ({ slug, title }: Exercise) => `First unsolved: ${slug} · ${title} (read exercises/${slug}/README.md)\n`,
};
