import type { SourceSites } from '../steps/index.ts';
import type { Model } from './model.ts';
import type { TraceStep } from './step-record.ts';

/** Runs the bodies of a program: in agents, or in this thread (tests of the search). */
export interface Executor {
  /** Source positions of all threads. */
  readonly sites: SourceSites;
  /**
   * Makes `operation` or `end` of the thread's current node known, and as much behind it as costs nothing more.
   * @param thread whose current node is not known
   * @param steps how many new steps are worth knowing
   * @returns false if the thread's agent is gone and has to be replaced first
   */
  extend(thread: number, model: Model, steps: number): boolean;
  /** Finds the source positions of the steps that led to the model's state. */
  locate(model: Model): Promise<void>;
  /** Replaces agents that are gone. */
  revive(): Promise<void>;
  /**
   * Runs a schedule on the real threads over real shared memory.
   * @returns whether every step did what the trace says; undefined if there are no real threads
   */
  demonstrate(trace: readonly TraceStep[]): Promise<boolean | undefined>;
  /** Gives the agents back. */
  release(): void;
}
