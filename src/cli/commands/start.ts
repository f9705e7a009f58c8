import { type Exercise, findExercise, loadCourse } from '#src/course/index.ts';
import {
  checkExercise,
  compilerRemarks,
  firstUnsolved,
  missingSentence,
  readProgress,
  renamedSentences,
  stateOf,
} from '#src/guide/index.ts';
import type { Context } from '../context.ts';
import { exerciseTable } from '../exercise-table.ts';
import { terminalPorts } from '../session/ports.ts';
import { Session } from '../session/session.ts';
import { closing, firstCheck } from '../suite-report.ts';

/**
 * `npm start`: with a terminal a session that checks at every save; without one, where the student is and what comes
 * next.
 * @param name the exercise; the first unsolved one when left out
 */
export async function start(context: Context, name?: string): Promise<number> {
  const { root, terminal, runSuite } = context;
  const course = await loadCourse(root);
  const { progress, warning } = await readProgress(root);
  if (warning !== undefined) terminal.note(warning);
  const named = name === undefined ? undefined : findExercise(course, name);
  const exercise = named ?? (await firstUnsolved(root, course, progress));
  if (terminal.interactive) {
    const session = new Session(
      context,
      course,
      exercise ?? (course.exercises[0] as Exercise),
      terminalPorts(root, terminal),
    );
    // Node.js would abort where it resets a terminal that is gone. This signal comes before, and ends it quietly.
    if (!(await session.run())) process.kill(process.pid, 'SIGHUP');
    terminal.line(texts.bye(session.state.exercise));
    return 0;
  }

  for (const sentence of renamedSentences(course, progress)) terminal.note(sentence);
  terminal.line(
    `${exerciseTable(await Promise.all(course.exercises.map((each) => stateOf(root, each, progress))), terminal)}\n`,
  );
  if (exercise === undefined) {
    terminal.line(texts.allSolved);
    return 0;
  }
  terminal.line(named ? texts.named(exercise) : texts.first(exercise));
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
  named: ({ slug, title }: Exercise) => `${slug} · ${title} (read exercises/${slug}/README.md)\n`,
  first: ({ slug, title }: Exercise) => `First unsolved: ${slug} · ${title} (read exercises/${slug}/README.md)\n`,
  bye: ({ id }: Exercise) => `Until next time. Go on with npm start, or npm start ${Number(id)}.`,
};
