import type { Exercise } from '#src/course/index.ts';
import {
  type Check,
  prepareSuite,
  type PreparedSuite,
  runSuite,
  type StartedCheck,
  type SuiteResult,
} from '#src/suite/index.ts';
import { hashOfGivenFiles } from './hash-files.ts';

/** How a suite is to be run. */
export interface TaskRun {
  readonly exercise: Exercise;
  /** Numbers of the tasks to judge. */
  readonly tasks: readonly number[];
  /** Every check; otherwise the first one that fails ends the run. */
  readonly everything: boolean;
  readonly signal: AbortSignal;
  readonly onStart?: ((check: StartedCheck) => void) | undefined;
  readonly onCheck?: ((check: Check) => void) | undefined;
}

/**
 * Runs suites for a student who waits: what hangs is given up soon, and a suite can be prepared before it is needed.
 */
export class SuiteRunner {
  readonly #root: string;
  readonly #runSuite: typeof runSuite | undefined;
  #prepared: { readonly key: string; readonly suite: PreparedSuite } | undefined;

  /**
   * @param root the course's folder, absolute
   * @param judge runs a suite, without preparing it; a Vitest run by default
   */
  constructor(root: string, judge?: typeof runSuite) {
    this.#root = root;
    this.#runSuite = judge;
  }

  /** @throws the reason of the signal, when it is aborted */
  async run({ exercise, tasks, everything, signal, onStart, onCheck }: TaskRun): Promise<SuiteResult> {
    const given = { signal, ...(onStart && { onStart }), ...(onCheck && { onCheck }) };
    const prepared = this.#prepared;
    if (!everything && prepared !== undefined && prepared.key === (await this.#keyOf(exercise, tasks))) {
      this.#prepared = undefined;
      const result = await prepared.suite.run(given);
      // It may have been ended while it waited: by the system for its memory, or by a machine that went to sleep.
      if (!result.fault) return result;
    }
    void this.discard();
    return (this.#runSuite ?? runSuite)({ ...this.#optionsFor(exercise, tasks, !everything), ...given });
  }

  /** Has the suite wait for these tasks of the exercise, and for nothing else. */
  async prepare(exercise: Exercise, tasks: readonly number[]): Promise<void> {
    if (this.#runSuite !== undefined || tasks.length === 0) return this.discard();
    const key = await this.#keyOf(exercise, tasks);
    if (this.#prepared?.key === key) return;
    const discarded = this.discard();
    this.#prepared = { key, suite: prepareSuite(this.#optionsFor(exercise, tasks, true)) };
    await discarded;
  }

  /** Ends the suite that waits, if there is one. */
  async discard(): Promise<void> {
    const prepared = this.#prepared;
    this.#prepared = undefined;
    await prepared?.suite.discard();
  }

  #optionsFor({ slug }: Exercise, tasks: readonly number[], stopAtFailure: boolean) {
    return { root: this.#root, slug, project: 'exercises' as const, tasks: [...tasks], stopAtFailure, hurried: true };
  }

  /** A suite that waits has loaded the given files: once they change, it is of no use. */
  async #keyOf(exercise: Exercise, tasks: readonly number[]): Promise<string> {
    return [exercise.slug, tasks.join(), await hashOfGivenFiles(this.#root, exercise)].join(' ');
  }
}
