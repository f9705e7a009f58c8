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
 * A task that passed with these very files is not judged again. One that passed with older files may be broken now:
 * if it comes before the current task and was quick, it is judged first, since what the current task shows may come
 * from there. All others wait until the current ones have passed.
 * @param files hash of the files as they are now
 */
export function planTasks({ tasks }: Exercise, passed: PassedTasks, files: string): Plan {
  const numbers = tasks.map((_, at) => at + 1);
  const open = numbers.filter((number) => !passed.has(number));
  const [current] = open;
  const outdated = numbers.filter((number) => {
    const known = passed.get(number);
    return known !== undefined && (known.files !== files || known.result === undefined);
  });
  if (current === undefined) return { now: outdated, later: [] };
  let left = cheap;
  const first = outdated.filter((number) => {
    const isSpeed = tasks[number - 1]?.speed === true;
    const cost = number < current && !isSpeed ? costOf(passed.get(number)) : Infinity;
    if (cost > left) return false;
    left -= cost;
    return true;
  });
  return { now: [...first, ...open], later: outdated.filter((number) => !first.includes(number)) };
}

/** What the checks took one after the other; nothing where it has to be found out. */
const costOf = (known: PassedTask | undefined): number =>
  known?.result?.checks.reduce((sum, { milliseconds }) => sum + milliseconds, 0) ?? 0;
