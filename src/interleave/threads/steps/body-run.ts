// One run of a thread body: what the search asks for, and what the body did. Data only; it crosses threads.
import type { ThrownError } from '../../common/index.ts';
import type { Value } from './element-types.ts';
import type { Operation } from './operation.ts';

/** How a body ended, or why it cannot go on. */
export interface End {
  readonly how:
    | 'returned'
    /** It returned a promise, or a value that cannot be copied. */
    | 'returned in vain'
    | 'threw'
    | 'asserted'
    | 'stuck'
    | 'exited'
    | 'uncontrolled'
    | 'not deterministic';
  /** What it returned (a copy). */
  readonly value?: unknown;
  /** One clause for the report if it did not return. */
  readonly message?: string;
  /** The error that it threw. */
  readonly thrown?: ThrownError;
  /** Site of the failure, if known. */
  readonly site?: number;
}

/** Where a body is to be taken. */
export interface RunRequest {
  /** The results of its steps so far. */
  results: readonly Value[];
  /** The program's memory as it is now, a copy that the run may change; length a multiple of 8. */
  memory: ArrayBuffer;
  /** Byte offsets of the words that other threads sleep on, one entry a sleeper. */
  sleepers: number[];
  /** New steps after which to stop. */
  steps: number;
  /**
   * Log the replayed steps too, and the source position of every step. Else only of those that may be spins, since a
   * stack trace costs more than the rest of a step.
   */
  locate: boolean;
}

/** A step as the body did it. `site` is a number of the host's own list. */
export interface LoggedStep extends Operation {
  /** Undefined for the last step of a run that stopped before it. */
  result: Value | undefined;
}

/** What a run gave. */
export interface RunAnswer {
  /** The new steps; with `locate` all steps. */
  steps: LoggedStep[];
  /** Of the replayed operations, in the sense of `HistoryNode.hash`. */
  hash: number;
  /** How many results were used: fewer than given if the body ended before. */
  replayed: number;
  /** Present if the body ended. */
  end: End | undefined;
}

/** What the facades and the controlled Atomics talk to. */
export interface StepHost {
  /** Does a visible step. `offset` in bytes from the start of the program's memory; operands wrapped to the type. */
  step(kind: number, type: number, offset: number, index: number, a: Value, b: Value): Value;
}
