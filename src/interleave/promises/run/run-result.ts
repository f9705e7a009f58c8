import type { PromiseFailure } from './failures.ts';

/** How one schedule ended. */
export interface RunResult {
  /** What went wrong, if anything did. */
  failure: PromiseFailure | undefined;
  /** The schedule, packed. */
  order: string;
  cut: boolean;
  /** Choices that fairness held back. */
  heldBack: number;
  timers: number;
  leftovers: number;
  /** The scene asks for a state, and judges nothing. */
  asked: boolean;
  state: Record<string, unknown>;
}

/** What holds for every schedule of a program. */
export interface RunLimits {
  steps: number;
  starts: 'together' | 'any time';
  /**
   * Called before code runs, with the schedule so far and the lane about to run: keeps the agent's owner from calling
   * it stuck, and shows the owner where the code was.
   */
  alive(order: string, lane: number): void;
  /** Called when the scene is set, before any task starts. */
  sceneSet?(lanes: readonly string[]): void;
}
