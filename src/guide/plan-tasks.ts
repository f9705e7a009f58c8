import type { Exercise } from '#src/course/index.ts';
import type { TaskResult } from '#src/suite/index.ts';

/** What is known of a task that has passed. */
export interface PassedTask {
  /** Hash of the files that it passed with. */
  readonly files: string;
  /** What its checks said; undefined where an earlier session ran them. */
  readonly result?: TaskResult | undefined;
}

/** By number. */
export type PassedTasks = ReadonlyMap<number, PassedTask>;

/** Where a student stands with an exercise. */
export interface Standing {
  readonly passed: PassedTasks;
  /** Number of the task that failed last, in another way than by not being implemented yet. */
  readonly begun?: number | undefined;
}

/** Which tasks to judge after a save. */
export interface Plan {
  /** To judge now, up to the first check that fails: the tasks that have not passed, behind cheap prerequisites. */
  readonly now: readonly number[];
  /** To judge once all of these have passed: tasks that passed with older files. */
  readonly later: readonly number[];
}

/** Milliseconds that earlier tasks may take before the current one: a wait that hardly anybody notices. */
const cheap = 500;

/**
 * A task that passed with these very files is not judged again. One that passed with older files may be broken now. If
 * it comes before the current task it is judged first, since what the current task shows may come from there: when the
 * current task has not been begun, the student has changed something about an earlier one; otherwise if it was quick.
 * All others, and speeds, wait until the current ones have passed.
 * @param files hash of the files as they are now
 */
export function planTasks({ tasks }: Exercise, { passed, begun }: Standing, files: string): Plan {
  const numbers = tasks.map((_, at) => at + 1);
  const open = numbers.filter((number) => !passed.has(number));
  const [current] = open;
  const outdated = numbers.filter((number) => {
    const known = passed.get(number);
    return known !== undefined && (known.files !== files || known.result === undefined);
  });
  if (current === undefined) return { now: outdated, later: [] };
  let left = begun === current ? cheap : Infinity;
  const first = outdated.filter((number) => {
    if (number > current || tasks[number - 1]?.speed === true) return false;
    const cost = costOf(passed.get(number));
    if (cost > left) return false;
    left -= cost;
    return true;
  });
  return { now: [...first, ...open], later: outdated.filter((number) => !first.includes(number)) };
}

/** What the checks took one after the other; nothing where it has to be found out. */
const costOf = (known: PassedTask | undefined): number =>
  known?.result?.checks.reduce((sum, { milliseconds }) => sum + milliseconds, 0) ?? 0;
