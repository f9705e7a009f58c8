import type { Cloned, CloningExperiment } from './cloning-experiments.ts';
import type { Collected, CollectingExperiment } from './collecting-experiments.ts';
import type { Sent, SendingExperiment } from './sending-experiments.ts';

/** A '?' is not predicted yet. */
type Prediction<Outcome> = Outcome | '?';

/** Task 1: 'changed', 'unchanged', 'detached' or 'throws'? */
export const sending: Record<SendingExperiment, Prediction<Sent>> = {
  plain: '?',
  listed: '?',
  otherView: '?',
  listedThenSentAgain: '?',
  shared: '?',
  sliceOfShared: '?',
  port: '?',
  portListed: '?',
};

/** Task 3: 'kept', 'dropped' or 'throws'? */
export const cloning: Record<CloningExperiment, Prediction<Cloned>> = {
  map: '?',
  sharedMemory: '?',
  field: '?',
  method: '?',
  functionInObject: '?',
  builtInErrorClass: '?',
  ownErrorClass: '?',
  errorCode: '?',
  errorCause: '?',
  errorsOfAggregateError: '?',
  domException: '?',
};

/** Task 4: 'collected' or 'alive'? */
export const collecting: Record<CollectingExperiment, Prediction<Collected>> = {
  cycle: '?',
  keyOfMap: '?',
  keyOfWeakMap: '?',
  weakRef: '?',
  listener: '?',
  heldValue: '?',
};
