import { KataError } from '#src/course/index.ts';
import { checkExercise, compilerRemarks, missingSentence } from '#src/guide/index.ts';
import { chosenExercise } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';
import { closing, suiteReport } from '../suite-report.ts';
import { taskNumber } from '../task-number.ts';

export interface RunOptions {
  inline?: boolean;
  solution?: boolean;
  json?: boolean;
  seed?: string;
}

/**
 * `kata run`: the exercise's suite on the student's files (or on the reference), with what to look at first. 0 when all
 * passed.
 */
export async function run(
  { root, terminal, runSuite }: Context,
  name: string | undefined,
  task: string | undefined,
  options: RunOptions,
): Promise<number> {
  const { inline, solution, json } = options;
  const exercise = await chosenExercise(root, name);
  const tasks = task === undefined ? undefined : [taskNumber(exercise, task, 'run')];
  const project = solution ? 'solutions' : 'exercises';
  const missing = solution ? undefined : await missingSentence(root, exercise);
  if (missing !== undefined) throw new KataError(missing);
  const seed = seedOf(options.seed ?? process.env['KATA_SEED']);
  const { warning, ...outcome } = await checkExercise(root, exercise, { project, tasks, inline, seed, runSuite });
  if (warning !== undefined) terminal.note(warning);
  if (json) {
    const { result, points, milliseconds } = outcome;
    const remarks = await compilerRemarks(root, outcome);
    terminal.line(
      JSON.stringify(
        {
          version: 1,
          exercise: exercise.slug,
          project,
          points,
          milliseconds: Math.round(milliseconds),
          ...result,
          compiler: remarks,
        },
        undefined,
        2,
      ),
    );
  } else {
    terminal.line(`${suiteReport(outcome, terminal)}\n`);
    terminal.line(closing(outcome, await compilerRemarks(root, outcome), terminal));
  }
  return outcome.result.fault || outcome.result.tasks.some(({ earned }) => !earned) ? 1 : 0;
}

/** @throws {KataError} where it is no whole number */
function seedOf(given: string | undefined): string | undefined {
  if (given === undefined || /^\d+$/.test(given.trim())) return given?.trim();
  throw new KataError(`The seed must be a whole number, as a failed check prints it (KATA_SEED=…), got "${given}".`);
}
