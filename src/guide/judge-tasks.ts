import type { Exercise } from '#src/course/index.ts';
import type { Check, StartedCheck, SuiteResult, TaskResult } from '#src/suite/index.ts';
import { type Outcome, outcomeOf, rememberOutcome } from './check-exercise.ts';
import { hashOfImportedFiles, hashOfStudentFiles } from './hash-files.ts';
import { type PassedTask, planTasks, type Standing } from './plan-tasks.ts';
import type { SuiteRunner } from './suite-runner.ts';

export interface JudgeOptions {
  readonly standing: Standing;
  /** Every task, and every check of it, whatever has passed before. */
  readonly everything?: boolean | undefined;
  /** Ends the run; the promise rejects with its reason. */
  readonly signal: AbortSignal;
  /** Called as tasks begin to be judged: with their numbers. */
  readonly onTasks?: (tasks: readonly number[]) => void;
  /** Called as a check begins; several may run side by side. */
  readonly onStart?: (check: StartedCheck) => void;
  readonly onCheck?: (check: Check) => void;
  readonly runner: SuiteRunner;
}

/** What {@link judgeTasks} found. */
export interface Judged {
  /** Of the tasks that were judged now, and of those that passed before with the very same files. */
  readonly outcome: Outcome;
  readonly standing: Standing;
  /** A sentence to show where the progress file gave trouble. */
  readonly warning?: string;
}

/**
 * Judges an exercise task by task: the tasks that have not passed, up to the first check that fails. Once they pass, or
 * where the current one has not been begun, those that passed with older files follow. The exercise is solved once
 * every task has passed with the same files. Progress is remembered every time.
 * @param root the course's folder, absolute
 * @throws the reason of `signal`, when it is aborted
 */
export async function judgeTasks(root: string, exercise: Exercise, options: JudgeOptions): Promise<Judged> {
  const { everything = false, signal, onTasks, onStart, onCheck, runner } = options;
  const start = performance.now();
  // Taken before the run: a save in the middle of it makes the verdict one about older files.
  const [own, files] = await Promise.all([hashOfStudentFiles(root, exercise), hashOfImportedFiles(root, exercise)]);
  const passed = new Map<number, PassedTask>(everything ? [] : options.standing.passed);
  const plan = planTasks(exercise, { ...options.standing, passed }, files);
  const failed: TaskResult[] = [];
  let rest: Omit<SuiteResult, 'tasks'> = {};
  for (const tasks of [plan.now, plan.later]) {
    if (tasks.length === 0 || rest.fault || !failed.every(isNotBegun)) continue;
    onTasks?.(tasks);
    const result = await runner.run({ exercise, tasks, everything, signal, onStart, onCheck });
    rest = result;
    for (const task of result.tasks) {
      if (task.earned && !result.fault) passed.set(task.number, { files, result: task });
      else failed.push(task);
      // Where no check has failed, none has run: the run had ended before.
      if (task.checks.some(({ state }) => state === 'failed')) passed.delete(task.number);
    }
  }
  const fresh = [...passed.values()].flatMap((known) => (known.files === files && known.result ? [known.result] : []));
  const tasks = [...fresh, ...failed].sort((a, b) => a.number - b.number);
  const found = await outcomeOf(root, exercise, { ...rest, tasks }, start);
  const points = exercise.tasks.reduce((sum, task, at) => sum + (passed.has(at + 1) ? task.points : 0), 0);
  const outcome = { ...found, points };
  if (rest.fault) return { outcome, standing: { ...options.standing, passed } };
  const { first } = outcome;
  const isBegun = first?.state === 'failed' && first.verdict !== 'not implemented';
  const standing = { passed, begun: isBegun ? first.task : undefined };
  const remembered = Object.fromEntries([...passed].map(([number, known]) => [number, known.files]));
  return { outcome, standing, ...(await rememberOutcome(root, outcome, own, remembered)) };
}

/** What the student has saved was then about another task: those that passed before are looked at. */
const isNotBegun = ({ checks }: TaskResult): boolean =>
  checks.every(({ state, verdict }) => state === 'missing' || verdict === 'not implemented');

/** @returns the tasks to judge once the student has changed a file */
export const tasksAfterChange = (exercise: Exercise, standing: Standing): readonly number[] =>
  planTasks(exercise, standing, 'a hash that no files have').now;
