import type { Operation, Value } from '../steps/index.ts';

/** What one step of the model was. */
export interface StepRecord {
  readonly thread: number;
  readonly operation: Operation;
  /** What the thread got, undefined if it fell asleep. */
  readonly result: Value | undefined;
  /** The step was a timer, not a step of the thread's code. */
  readonly timer: boolean;
  /** Threads that it woke. */
  readonly woken: readonly number[];
  /** A thread with an earlier access that this one races with, or −1. */
  readonly races: number;
}

/** A step with what surrounds it. */
export interface TraceStep extends StepRecord {
  /** It took the turn from a thread that could have gone on. */
  readonly preemption: boolean;
  /** All memory after it, by word. */
  readonly memory: readonly (readonly Value[])[];
}
