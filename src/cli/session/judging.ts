import { type Exercise, KataError } from '#src/course/index.ts';
import type { Standing, SuiteRunner } from '#src/guide/index.ts';
import type { Context } from '../context.ts';
import type { SessionEvent } from './state.ts';

/** What to judge, and why. */
export interface Request {
  readonly exercise: Exercise;
  readonly standing: Standing;
  /** Names of the files whose saving asks for it. */
  readonly saved: readonly string[];
  /** Every check, without stopping at the first that fails. */
  readonly everything: boolean;
}

/** Judges one request at a time; a newer one ends the older one. */
export class Judging {
  readonly #context: Context;
  readonly #tell: (event: SessionEvent) => void;
  readonly #keep: (exercise: Exercise, standing: Standing) => void;
  #stop: AbortController | undefined;
  #done: Promise<void> = Promise.resolve();
  #runner: SuiteRunner | undefined;

  /**
   * @param tell hears what happens
   * @param keep is given where the student stands after a run
   */
  constructor(
    context: Context,
    tell: (event: SessionEvent) => void,
    keep: (exercise: Exercise, standing: Standing) => void,
  ) {
    this.#context = context;
    this.#tell = tell;
    this.#keep = keep;
  }

  /** Ends what goes on, and judges this instead. */
  begin(request: Request): void {
    const before = this.end();
    const controller = new AbortController();
    this.#stop = controller;
    const { signal } = controller;
    this.#tell({ type: 'saved', names: request.saved });
    // The run before must have left the processors, or it would slow this one's timings.
    this.#done = before.then(() => (signal.aborted ? undefined : this.#judge(request, signal)));
  }

  /** Ends what goes on. */
  async end(): Promise<void> {
    this.#stop?.abort(new Error('Something newer is judged instead.'));
    await this.#done;
  }

  /** Ends what goes on and what is prepared. */
  async close(): Promise<void> {
    await this.end();
    await this.#runner?.discard();
  }

  async #judge({ exercise, standing: before, everything }: Request, signal: AbortSignal): Promise<void> {
    const tell = (event: SessionEvent) => {
      if (!signal.aborted) this.#tell(event);
    };
    const { root, runSuite } = this.#context;
    try {
      // It loads suites, compilers and more, which the first screen doesn't need.
      const { compilerRemarks, judgeTasks, missingSentence, SuiteRunner, tasksAfterChange } =
        await import('#src/guide/index.ts');
      this.#runner ??= new SuiteRunner(root, runSuite);
      const runner = this.#runner;
      const missing = await missingSentence(root, exercise);
      if (missing !== undefined) return tell({ type: 'trouble', text: missing });
      const { outcome, standing, warning } = await judgeTasks(root, exercise, {
        ...{ standing: before, everything, signal, runner },
        onTasks: (tasks) => tell({ type: 'tasks', tasks }),
        onStart: (check) => tell({ type: 'started', check, at: performance.now() }),
        onCheck: (check) => tell({ type: 'check', check }),
      });
      if (signal.aborted) return;
      this.#keep(exercise, standing);
      const { passed } = standing;
      tell({ type: 'judged', outcome, passed: new Set(passed.keys()), note: warning ?? '' });
      // While the student reads, the next run is made ready. Who has solved the exercise moves on.
      const isSolved = passed.size === exercise.tasks.length;
      await runner.prepare(exercise, isSolved ? [] : tasksAfterChange(exercise, standing));
      tell({ type: 'remarks', remarks: await compilerRemarks(root, outcome, signal) });
    } catch (error) {
      tell({ type: 'trouble', text: error instanceof KataError ? error.message : String(error) });
    }
  }
}
