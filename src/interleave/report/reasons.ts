// Why an exploration ended as it did, for programs to decide on. The sentences are for people.

/** Why a search that found no failure ended. */
export type PassReason =
  /** Every schedule was visited. */
  | 'exhausted'
  /** Every schedule within the bound on preemptions, or on switches, was visited. */
  | 'bound'
  | 'budget-milliseconds'
  | 'budget-schedules'
  | 'budget-memory'
  /** Some schedules were cut at the limit of steps. */
  | 'step-limit'
  /** The one schedule that was asked for ended well. */
  | 'replayed';

/** What went wrong in the schedule that a report shows. */
export type FailureReason =
  /** Nothing did: it leads to the state that `reachable` asks for. */
  | 'reached'
  /** `invariant` (threads) or `atEnd` (promises) does not hold at the end of a schedule. */
  | 'invariant'
  /** `always` does not hold after a step. */
  | 'always'
  /** An assertion in the code under test failed. */
  | 'assertion'
  | 'deadlock'
  | 'lost-wake-up'
  | 'livelock'
  | 'data-race'
  | 'uncontrolled-access'
  /** A thread body ran on without a visible step. */
  | 'no-visible-step'
  /** Async code ran on without giving the event loop a turn. */
  | 'event-loop-blocked'
  /** The import of the module did not end in time. */
  | 'import-timeout'
  /** The code threw, and {@link ThrownError} in `thrown` says what. */
  | 'thrown'
  /** The same, and the error's code is `ERR_NOT_IMPLEMENTED`. */
  | 'not-implemented'
  | 'unhandled-rejection'
  /** A thread body returned a promise, or a value that cannot be copied. */
  | 'return-value'
  /** The code called `process.exit` or `process.abort`. */
  | 'process-exit'
  /** The agent's thread ended in another way, such as for lack of memory. */
  | 'agent-ended'
  | 'not-deterministic';

export type Reason = PassReason | FailureReason;

/** Why a call was rejected without a report. */
export type ErrorReason =
  | 'invalid-option'
  | 'invalid-schedule'
  /** The module's specifier leads nowhere. */
  | 'module-not-found'
  /** It does not parse, an import of it is missing, or it threw while it was imported. */
  | 'module-load-failed'
  /** It does not export the function that was asked for. */
  | 'missing-export'
  | 'import-timeout'
  | 'agent-ended'
  /** A bug in the explorer. */
  | 'explorer-fault';
