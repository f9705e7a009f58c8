import type { Frame } from '#src/verdict/index.ts';
import type { RemoteError } from './errors.ts';
import type { Tally } from './messages.ts';

/**
 * How a call ended.
 * - `value`, `error`: it settled
 * - `never settles`: the event loop ran empty, so nothing can settle its promise any more
 * - `timeout`: its time limit was over
 * - `starved`: the machine was too busy for the call to have its time
 * - `exit`: the process ended itself, during the call or after it
 * - `crash`: an uncaught error or a signal ended the process, during the call or after it
 * - `memory`, `too much output`: it went over the limit
 * - `does not load`: the module could not be imported
 * - `no such export`: the module has no function of that name
 * - `forged`: student code wrote to the channel between guest and referee
 */
export type Outcome =
  | 'value'
  | 'error'
  | 'never settles'
  | 'timeout'
  | 'starved'
  | 'exit'
  | 'crash'
  | 'memory'
  | 'too much output'
  | 'does not load'
  | 'no such export'
  | 'forged';

/**
 * What a call was doing when its time limit was over.
 * - `endless-loop`: its main thread computed and answered nothing
 * - `blocked`: its main thread slept in a call that does not return (`Atomics.wait`)
 * - `others-busy`: its event loop was free, but Workers or child processes still computed
 * - `endless-awaits`: its event loop turned without an end, and nothing else computed
 * - `waiting`: nothing computed any more
 */
export type Hang = 'endless-loop' | 'blocked' | 'others-busy' | 'endless-awaits' | 'waiting';

/** Why a call ended as it did: what {@link Outcome} sums up, for code that has to tell one cause from another. */
export type Reason =
  | Hang
  | 'returned'
  | 'threw'
  | 'not-implemented'
  | 'not-cloneable'
  | 'event-loop-empty'
  | 'machine-busy'
  | 'exit-code-zero'
  | 'exit-code'
  | 'signal'
  | 'uncaught-error'
  | 'unhandled-rejection'
  | 'heap-limit'
  | 'memory-limit'
  | 'output-limit'
  | 'load-failed'
  | 'missing-export'
  | 'forged-reply';

/** Everything the referee saw of one call. */
export interface Observation<T = unknown> {
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** One sentence for the student: what happened. Empty where the call returned a value. */
  readonly sentence: string;
  /** Where the fault lies, if the module did not load. */
  readonly place?: Frame;
  readonly value?: T;
  readonly error?: RemoteError;
  readonly exitCode?: number | null;
  readonly signal?: NodeJS.Signals | null;
  /** From the request to the answer, by the referee's clock. */
  readonly wallMilliseconds: number;
  /** CPU time of the process and of its ended children; undefined where the system does not tell. In steps of 10 ms. */
  readonly cpuMilliseconds: number | undefined;
  /**
   * How many threads, over all processes, ran or wanted to run at a moment when any did: the median. It is what the
   * answer offers to the processors, however many there are. Undefined off Linux and for calls too short to be sampled.
   */
  readonly offeredParallelism: number | undefined;
  /** Share of the call's time, 0 to 1, in which no thread wanted a processor. Undefined where offeredParallelism is. */
  readonly idleShare: number | undefined;
  /** Workers that the process started. */
  readonly workers: Tally;
  /** Child processes that the process itself started. */
  readonly children: Tally;
  /**
   * What still ran a moment after the call had settled, each as a phrase: "1 Worker", "sleep (4711)", "Timeout". Empty
   * where all was tidy.
   */
  readonly left: readonly string[];
  /** What the student's code printed, its first 4 KiB. */
  readonly output: string;
}
