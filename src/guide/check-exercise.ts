import { join } from 'node:path';
import { type Exercise, hasSolutions, pointsPerExercise } from '#src/course/index.ts';
import { diagnosticLine, typeCheck } from '#src/grade/index.ts';
import { explain, readSources } from '#src/mistakes/index.ts';
import { type Check, runSuite, type SuiteResult } from '#src/suite/index.ts';
import { hashOfImportedFiles, hashOfStudentFiles } from './hash-files.ts';
import { updateProgress } from './progress.ts';

/** What the suite says of one exercise, and what that is worth. */
export interface Outcome {
  readonly exercise: Exercise;
  /** Whose files were judged. */
  readonly project: 'exercises' | 'solutions';
  readonly result: SuiteResult;
  /** Of all tasks that are earned. */
  readonly points: number;
  /**
   * What to look at first: the first check that failed, otherwise the first one that did not run, or was inconclusive.
   */
  readonly first: Check | undefined;
  /** Whether the student can compare with the reference. */
  readonly hasReference: boolean;
  /** Milliseconds from the start to the verdict. */
  readonly milliseconds: number;
}

export interface CheckOptions {
  /** `solutions` judges the reference instead of the student. */
  readonly project?: 'exercises' | 'solutions' | undefined;
  /** Only these tasks, by number from 1. */
  readonly tasks?: readonly number[] | undefined;
  readonly inline?: boolean | undefined;
  /** Draws the inputs of an earlier run again. */
  readonly seed?: string | undefined;
  /** Ends the run; the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onCheck?: ((check: Check) => void) | undefined;
  /** Judges the exercise; a Vitest run by default. */
  readonly runSuite?: typeof runSuite | undefined;
}

/**
 * Runs the exercise's suite and, where all tasks of the student's own files were judged, remembers the outcome.
 * @param root the course's folder, absolute
 * @returns the outcome, and a sentence to show where the progress file gave trouble
 */
export async function checkExercise(
  root: string,
  exercise: Exercise,
  options: CheckOptions = {},
): Promise<Outcome & { warning?: string }> {
  const { project = 'exercises', tasks, inline, seed, signal, onCheck, runSuite: judge = runSuite } = options;
  const start = performance.now();
  // Taken before the run: a save in the middle of it makes the verdict one about older files.
  const files = await hashOfStudentFiles(root, exercise);
  const imported = await hashOfImportedFiles(root, exercise);
  const judged = await judge({
    root,
    slug: exercise.slug,
    project,
    ...(tasks && { tasks }),
    ...(inline && { inline }),
    ...(seed !== undefined && { env: { KATA_SEED: seed } }),
    ...(signal && { signal }),
    ...(onCheck && { onCheck }),
  });
  const outcome = await outcomeOf(root, exercise, judged, start, project);
  if (project !== 'exercises' || tasks || judged.fault) return outcome;
  const earned = outcome.result.tasks.filter((task) => task.earned);
  const passed = Object.fromEntries(earned.map(({ number }) => [number, imported]));
  return { ...outcome, ...(await rememberOutcome(root, outcome, files, passed)) };
}

/**
 * @param judged what the suite has said
 * @param start when the student began to wait, as `performance.now()`
 * @returns the same, with the known mistakes behind the failures and what to look at first
 */
export async function outcomeOf(
  root: string,
  exercise: Exercise,
  judged: SuiteResult,
  start: number,
  project: 'exercises' | 'solutions' = 'exercises',
): Promise<Outcome> {
  const folder = `${project}/${exercise.slug}`;
  const sources = await readSources(join(root, folder), exercise);
  const result = { ...judged, tasks: await explain(root, exercise, folder, sources, judged.tasks) };
  return {
    exercise,
    project,
    result,
    points: pointsOf(exercise, result),
    first: firstToLookAt(result),
    hasReference: hasSolutions(root),
    milliseconds: performance.now() - start,
  };
}

/**
 * @param files hash of the student's files that were judged
 * @param passed task number → hash of all files that it passed with
 * @returns a sentence to show where the progress file gave trouble
 */
export function rememberOutcome(
  root: string,
  { exercise, first, points }: Outcome,
  files: string,
  passed: Readonly<Record<string, string>>,
): Promise<{ warning?: string }> {
  const at = new Date().toISOString();
  const misconception = first?.mistake?.misconception;
  const last = {
    ...{ at, files, points, verdict: first?.verdict ?? 'passed' },
    ...(first && { task: first.task }),
    ...(misconception !== undefined && { misconception }),
  };
  const solved = points === pointsPerExercise;
  return updateProgress(root, exercise, (before) => ({ ...before, last, passed, ...(solved && { solvedAt: at }) }));
}

/**
 * Asks the compiler about the files that were judged, where code was written and failed. It takes one or two seconds of
 * a processor: beside the suite it would spoil the timings, so it comes after, when the verdict is already on the
 * screen.
 * @param root the course's folder, absolute
 * @returns its remarks, `file:line:column message`
 */
export async function compilerRemarks(
  root: string,
  { exercise, project, first }: Outcome,
  signal?: AbortSignal,
): Promise<string[]> {
  // Of code that does not compile, the check's sentence is what the compiler says; what follows would only hide it.
  if (first?.state !== 'failed' || ['not implemented', 'does not compile'].includes(first.verdict)) return [];
  const files = exercise.files.student.map((file) => `${project}/${exercise.slug}/${file}`);
  return (await typeCheck({ root, files, ...(signal && { signal }) })).map(diagnosticLine);
}

const pointsOf = ({ tasks }: Exercise, result: SuiteResult): number =>
  result.tasks.reduce((sum, { number, earned }) => sum + (earned ? (tasks[number - 1]?.points ?? 0) : 0), 0);

/** A run that ends at its first failure leaves checks behind that did not run: they say nothing. */
function firstToLookAt({ tasks }: SuiteResult): Check | undefined {
  const checks = tasks.flatMap((task) => task.checks);
  const inState = (state: Check['state']) => checks.find((check) => check.state === state);
  return inState('failed') ?? inState('missing') ?? inState('inconclusive');
}
