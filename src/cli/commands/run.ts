import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KataError } from '#src/course/index.ts';
import type { Check, SuiteResult } from '#src/suite/index.ts';
import { checkExercise, compilerRemarks, missingSentence, type Outcome } from '#src/guide/index.ts';
import { hasSchedule, runPage } from '#src/run-page/index.ts';
import { chosenExercise } from '../chosen-exercises.ts';
import type { Context } from '../context.ts';
import { written } from '../format-outputs.ts';
import { checkLine, closing, suiteReport } from '../suite-report.ts';
import { taskNumber } from '../task-number.ts';

export interface RunOptions {
  inline?: boolean;
  solution?: boolean;
  json?: boolean;
  seed?: string;
  /** Explains every check that did not pass, not only the first. */
  all?: boolean;
  /** A file for a page that steps through the failing schedules. */
  html?: string;
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
  const [number, place] = task?.split('.') ?? [];
  const tasks = number === undefined ? undefined : [taskNumber(exercise, number, 'run')];
  const project = solution ? 'solutions' : 'exercises';
  const missing = solution ? undefined : await missingSentence(root, exercise);
  if (missing !== undefined) throw new KataError(missing);
  if (!solution && /^(\.[/\\])?solutions[/\\]/.test(name ?? '')) terminal.note(texts.ownFiles(exercise.slug));
  const seed = seedOf(options.seed ?? process.env['KATA_SEED']);
  const onCheck = (check: Check) => {
    // Of a task that nobody has begun, its line below says enough.
    if (!json && check.verdict !== 'not implemented') terminal.line(checkLine(check, terminal));
  };
  const checked = await checkExercise(root, exercise, { project, tasks, inline, seed, runSuite, onCheck });
  const { warning, ...outcome } = checked;
  if (place !== undefined) mustExist(outcome.result, `${number}.${place}`);
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
    const explain = place !== undefined ? `${number}.${place}` : options.all ? 'all' : 'first';
    terminal.line(`\n${suiteReport(outcome, terminal, { live: true, explain })}\n`);
    const remarks = await compilerRemarks(root, outcome);
    // Since the start of this process: that is what the student has waited.
    terminal.line(closing(outcome, remarks, terminal, performance.now()));
  }
  if (options.html !== undefined) await writePage(root, outcome, options.html, json ? terminal.note : terminal.line);
  return outcome.result.fault || outcome.result.tasks.some(({ earned }) => !earned) ? 1 : 0;
}

/** @throws {KataError} where the file cannot be written */
async function writePage(root: string, outcome: Outcome, file: string, say: (text: string) => void): Promise<void> {
  await written(file, writeFile(resolve(file), await runPage(root, outcome)));
  say(hasSchedule(outcome) ? texts.page(file) : texts.noSchedule(file));
}

/** @throws {KataError} where the suite has no such check */
function mustExist({ tasks, fault }: SuiteResult, id: string): void {
  const ids = tasks.flatMap(({ checks }) => checks.map((check) => check.id));
  if (fault === undefined && !ids.includes(id))
    throw new KataError(`There is no check ${id}. The checks of this task are ${ids[0]} to ${ids.at(-1)}.`);
}

/** @throws {KataError} where it is no whole number */
function seedOf(given: string | undefined): string | undefined {
  if (given === undefined || /^\d+$/.test(given.trim())) return given?.trim();
  throw new KataError(`The seed must be a whole number, as a failed check prints it (--seed …), got "${given}".`);
}

const texts = {
  ownFiles: (slug: string) => `This judges exercises/${slug}, not the reference solution: that takes -- --solution.`,
  page: (file: string) => `Step through the schedule in a browser: ${file}`,
  noSchedule: (file: string) => `No check failed with a schedule, so ${file} has nothing to step through.`,
};
