import '#src/system/no-inspector.ts';
import { availableParallelism } from 'node:os';
import type { Course, Exercise } from '#src/course/index.ts';
import { type Check, type SuiteResult, runSuite } from '#src/suite/index.ts';
import type { ExerciseRecord, GradeRecord, SubmittedFiles, TaskRecord } from './record.ts';
import { explain, readSources } from '#src/mistakes/index.ts';
import { takeFiles, type Submission } from './submission.ts';
import { isolate } from './isolate.ts';
import { buildTree, stripTree, type Tree } from './tree.ts';
import { typeCheck } from './type-check.ts';
import type { Verdict } from '#src/verdict/index.ts';

export interface GradeOptions {
  /** The course that judges, absolute. */
  root: string;
  submission: Submission;
  /** Wall clock until the next check begins or ends; 10 minutes when left out. */
  timeoutMilliseconds?: number;
  /** Only these tasks, by number from 1: the others are left out of the record. */
  tasks?: readonly number[];
  /** Whether to ask the compiler about the student's files when something has failed; yes when left out. */
  typeErrors?: boolean;
  /**
   * Whether student code sees nothing but its own files and the course's toolkit: where the machine allows it (when
   * left out), or else the exercise is not judged (`require`), or not (`none`).
   */
  isolation?: 'auto' | 'require' | 'none';
  /** Gives up what hangs sooner, as while a student waits: for a first look, not for points. */
  hurried?: boolean;
  onCheck?: (check: Check) => void;
  signal?: AbortSignal;
}

/**
 * Judges one exercise of a submission in a fresh tree. Student code is never loaded in this process.
 * @returns points and verdicts; a harness fault (no disk, a kill from outside, a broken suite) is in `fault`,
 *   and there are no points
 * @throws the reason of `signal` when it is aborted
 */
export async function gradeExercise(exercise: Exercise, options: GradeOptions): Promise<ExerciseRecord> {
  const began = performance.now();
  const files: SubmittedFiles = { taken: [], missing: [], refused: [], notTaken: [] };
  const record = (judged: Partial<ExerciseRecord>): ExerciseRecord => ({
    ...blank(exercise, options.tasks),
    files,
    ...judged,
    milliseconds: Math.round(performance.now() - began),
  });
  let tree: Tree | undefined;
  try {
    tree = await buildTree(options.root, exercise);
    Object.assign(files, await takeFiles(options.root, exercise, options.submission, tree.exercise));
    await stripTree(tree);
    return record(
      files.taken.length === 0 ? nothingTaken(exercise, options.tasks) : await judgeTree(exercise, tree, options),
    );
  } catch (error) {
    if (options.signal?.aborted) throw error;
    return record(faulty(`The grader itself failed: ${error instanceof Error ? error.message : String(error)}`));
  } finally {
    await tree?.remove();
  }
}

/**
 * Judges exercises one after the other, so that no suite takes another's processors.
 * @param onExercise called with each record as it stands
 */
export async function grade(
  course: Course,
  options: GradeOptions,
  onExercise?: (record: ExerciseRecord) => void,
): Promise<GradeRecord> {
  const exercises: ExerciseRecord[] = [];
  for (const exercise of course.exercises) {
    const record = await gradeExercise(exercise, options);
    exercises.push(record);
    onExercise?.(record);
  }
  return {
    version: 1,
    gradedAt: new Date().toISOString(),
    machine: {
      node: process.version,
      platform: process.platform,
      arch: process.arch,
      processors: availableParallelism(),
    },
    points: exercises.some(({ points }) => points === null) ? null : sum(exercises.map(({ points }) => points ?? 0)),
    attainable: sum(exercises.map(({ attainable }) => attainable)),
    exercises,
  };
}

async function judgeTree(exercise: Exercise, tree: Tree, options: GradeOptions): Promise<Partial<ExerciseRecord>> {
  const { slug, files } = exercise;
  const { isolation = 'auto' } = options;
  const made = isolation === 'none' ? 'it was not wanted' : await isolate(options.root, exercise, tree);
  if (typeof made === 'string' && isolation === 'require') return faulty(texts.notIsolated(made));
  const [sandbox, isolated] =
    typeof made === 'string'
      ? [undefined, { isolation: { level: 'processes', otherUser: false, reason: made } } as const]
      : [made, { isolation: { level: 'namespaces', otherUser: made.otherUser } } as const];
  const suite = () =>
    runSuite({
      root: tree.root,
      slug,
      project: 'exercises',
      env: {
        HOME: tree.home,
        USERPROFILE: tree.home,
        ...sandbox?.environment,
        ...(tree.reference === undefined ? {} : { KATA_REFERENCE: tree.reference }),
      },
      ...(sandbox && { launcher: sandbox.judge }),
      ...pick(options, ['tasks', 'timeoutMilliseconds', 'hurried', 'onCheck', 'signal']),
    });
  // Once may be an accident of the machine's.
  const result = await suite()
    .then(async (first) => (first.killed ? crashed(await suite()) : first))
    .finally(() => sandbox?.close());
  const judged = blankTasks(exercise, options.tasks).map((task) => judgeTask(task, result));
  const sources = await readSources(tree.exercise, exercise);
  const tasks = await explain(options.root, exercise, `exercises/${slug}`, sources, judged);
  const untold = tasks.find(({ checks }) => checks.length === 0);
  const fault =
    result.fault ??
    (untold && !result.stopped ? { sentence: `The suite has no checks for task ${untold.number}.` } : undefined);
  if (fault) return { tasks, ...isolated, points: null, verdict: 'fault', fault };
  const verdict = tasks.find((task) => task.verdict !== 'passed')?.verdict ?? 'passed';
  // A task that is not begun has no types to report.
  const failed = tasks.some((task) => task.points < task.attainable && task.verdict !== 'not implemented');
  const typeErrors =
    failed && options.typeErrors !== false
      ? await typeCheck({
          root: tree.root,
          files: files.student.map((file) => `exercises/${slug}/${file}`),
          ...pick(options, ['signal']),
        })
      : [];
  return { tasks, ...isolated, points: sum(tasks.map(({ points }) => points)), verdict, typeErrors };
}

/** @returns the result of a suite whose process was killed twice: that was the code it judges */
function crashed({ killed, fault, ...result }: SuiteResult): SuiteResult {
  if (!killed) return { ...result, ...(fault && { fault }) };
  const tasks = result.tasks.map((task) => {
    const at = task.checks.findIndex(({ state }) => state === 'missing');
    if (at < 0) return task;
    const sentence = texts.killed(fault?.sentence ?? '');
    const checks = task.checks.map((check, place): Check =>
      place === at ? { ...check, state: 'failed', verdict: 'crash', sentence } : check,
    );
    return { ...task, checks, verdict: task.verdict === 'failed' ? ('crash' as const) : task.verdict };
  });
  return { ...result, tasks };
}

function judgeTask(blankTask: TaskRecord, { tasks, stopped }: SuiteResult): TaskRecord {
  const judged = tasks.find(({ number }) => number === blankTask.number);
  if (!judged) return { ...blankTask, verdict: stopped ?? 'failed' };
  return {
    ...blankTask,
    points: judged.earned ? blankTask.attainable : 0,
    verdict: judged.verdict,
    checks: judged.checks,
  };
}

function blank(exercise: Exercise, only?: readonly number[]): Omit<ExerciseRecord, 'files' | 'milliseconds'> {
  const { id, slug, title } = exercise;
  const tasks = blankTasks(exercise, only);
  return {
    id,
    slug,
    title,
    points: 0,
    attainable: sum(tasks.map(({ attainable }) => attainable)),
    verdict: 'failed',
    tasks,
    typeErrors: [],
  };
}

const blankTasks = ({ tasks }: Exercise, only?: readonly number[]): TaskRecord[] =>
  tasks
    .map(({ title, points }, at): TaskRecord => ({
      number: at + 1,
      title,
      points: 0,
      attainable: points,
      verdict: 'failed',
      checks: [],
    }))
    .filter(({ number }) => only?.includes(number) ?? true);

/** Without a single file of the student's there is nothing to run. */
function nothingTaken(exercise: Exercise, only?: readonly number[]): Partial<ExerciseRecord> {
  const verdict: Verdict = 'not implemented';
  return { verdict, tasks: blankTasks(exercise, only).map((task) => ({ ...task, verdict })) };
}

const faulty = (sentence: string): Partial<ExerciseRecord> => ({ points: null, verdict: 'fault', fault: { sentence } });

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function pick<Options extends object, Key extends keyof Options>(
  options: Options,
  keys: readonly Key[],
): Pick<Options, Key> {
  return Object.fromEntries(keys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]])) as Pick<
    Options,
    Key
  >;
}

/** @returns points as a percentage of the attainable ones; undefined when a fault left something without points */
export const percentage = ({ points, attainable }: Pick<GradeRecord, 'points' | 'attainable'>): number | undefined =>
  points === null ? undefined : (100 * points) / attainable;

const texts = {
  killed: (how: string) =>
    `This check was not reached: the process that judges was ended twice in the middle of the suite. ${how} Look for ` +
    'process.kill or process.exit in your code.',
  notIsolated: (why: string) =>
    `Student code cannot be isolated on this machine (${why}), and --isolation require was given. Grade on Linux ` +
    'with user namespaces, or leave the option out.',
};
