// Where a schedule stands after some of its steps: what a person needs to choose the next one.
import type { Failure } from './report.ts';
import type { Place, Timeline } from './timeline.ts';

/** A thread or task, between two steps. */
export interface LaneStanding {
  /**
   * `ready`: its next step can be chosen. `asleep`: another lane must wake it. `ended`: its code has returned, thrown
   * or been killed.
   */
  readonly state: 'ready' | 'asleep' | 'ended';
  /** A sleeper: the cell of memory that it sleeps on, if the explorer knows. */
  readonly on?: string;
  /** What it does next (a sleeper: where it sleeps), innermost first, if known. */
  readonly places: readonly Place[];
}

/** A step that can come next. */
export interface Choice {
  readonly lane: number;
  /** What is about to be done: `compareExchange lock 0→1, will fail: it is 1`. */
  readonly text: string;
  /** The lane that ran last could go on: this would preempt it. */
  readonly preempts: boolean;
  /** The token of the schedule with this step at its end. */
  readonly token: string;
}

/** How a run has ended. */
export type Ending = Failure | { readonly verdict: 'pass'; readonly reason: 'replayed'; readonly sentence: string };

/** Where a schedule stands. */
export interface Position {
  /** The steps so far. Where there are not too many cells of memory, `words` holds all of them. */
  readonly timeline: Timeline;
  /** The schedule as far as it was followed. */
  readonly token: string;
  /** Steps done. */
  readonly steps: number;
  /** Switches so far away from a lane that could go on. */
  readonly preemptions: number;
  /** By lane. */
  readonly lanes: readonly LaneStanding[];
  /** By lane; empty at the end. */
  readonly choices: readonly Choice[];
  /** How the run has ended, undefined if it can go on. */
  readonly ending: Ending | undefined;
  /**
   * The first update that a step has written over, if the run fails when it goes on from here without preemption:
   * numbers of the read, of the other lane's write, and of the write that came too late.
   */
  readonly lost: { readonly read: number; readonly between: number; readonly write: number } | undefined;
  /** Why the rest of the schedule was left, if it was. */
  readonly left: string | undefined;
}
