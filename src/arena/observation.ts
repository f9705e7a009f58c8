import type { RemoteError } from './errors.ts';
import type { Tally } from './messages.ts';

/**
 * How a call ended.
 * - `value`, `error`: it settled
 * - `never settles`: the event loop ran empty, so nothing can settle its promise any more
 * - `timeout`: its limit was over; {@link Observation.hang} tells what it was doing
 * - `exit`: the process ended itself; `crash`: an error nobody caught, or a signal, ended it
 * - `memory`: its heap, or all its processes together, grew over the limit; `too much output`: so did what it printed
 * - `does not load`: the module could not be imported; `no such export`: it has no function of that name
 * - `forged`: student code wrote to the channel between guest and referee
 */
export type Outcome =
  | 'value'
  | 'error'
  | 'never settles'
  | 'timeout'
  | 'exit'
  | 'crash'
  | 'memory'
  | 'too much output'
  | 'does not load'
  | 'no such export'
  | 'forged';

/**
 * What a call that ran over its limit was doing.
 * - `endless loop`: its main thread computed and answered nothing; `blocked`: its main thread slept in a call that does not return (`Atomics.wait`)
 * - `others busy`: its event loop was free, but Workers or child processes still computed; `waiting`: nothing computed any more
 */
export type Hang = 'endless loop' | 'blocked' | 'others busy' | 'waiting';

/** Everything the referee saw of one call. */
export interface Observation<T = unknown> {
  readonly outcome: Outcome;
  /** One sentence for the student: what happened. Empty where the call returned a value. */
  readonly sentence: string;
  readonly value?: T;
  readonly error?: RemoteError;
  readonly hang?: Hang;
  readonly exitCode?: number | null;
  readonly signal?: NodeJS.Signals | null;
  /** From the request to the answer, by the referee's clock. */
  readonly wallMilliseconds: number;
  /** CPU time of the process and of its ended children; undefined where the system does not tell. In steps of 10 ms. */
  readonly cpuMilliseconds: number | undefined;
  /** How many threads, over all processes, ran or wanted to run at a moment when any did: the median. It is what the answer offers to the
   * processors, however many there are. Undefined off Linux and for calls too short to be sampled. */
  readonly offeredParallelism: number | undefined;
  /** Share of the call's time, 0 to 1, in which no thread wanted a processor. Undefined where offeredParallelism is. */
  readonly idleShare: number | undefined;
  /** Workers that the process started. */
  readonly workers: Tally;
  /** Child processes that the process itself started. */
  readonly children: Tally;
  /** What still ran a moment after the call had settled, each as a phrase: "1 Worker", "sleep (4711)", "Timeout". Empty where all was tidy. */
  readonly left: readonly string[];
  /** What the student's code printed, its first 4 KiB. */
  readonly output: string;
}
