import type { Cloned, CloningExperiment } from './cloning-experiments.ts';
import type { Collected, CollectingExperiment } from './collecting-experiments.ts';
import type { Sent, SendingExperiment } from './sending-experiments.ts';

/** A '?' is not predicted yet. */
type Prediction<Outcome> = Outcome | '?';

/** What the sender finds. */
export const sending: Record<SendingExperiment, Prediction<Sent>> = {
  plain: 'unchanged',
  listed: 'detached',
  otherView: 'detached',
  listedThenSentAgain: 'throws',
  shared: 'changed',
  sliceOfShared: 'unchanged',
  port: 'throws',
  portListed: 'detached',
};

/** What a structured clone does. */
export const cloning: Record<CloningExperiment, Prediction<Cloned>> = {
  map: 'kept',
  sharedMemory: 'kept',
  field: 'kept',
  method: 'dropped',
  functionInObject: 'throws',
  builtInErrorClass: 'kept',
  ownErrorClass: 'dropped',
  errorCode: 'dropped',
  errorCause: 'kept',
  errorsOfAggregateError: 'dropped',
  // Node.js 20 takes a DOMException for an ordinary object.
  domException: Number.parseInt(process.versions.node) < 22 ? 'dropped' : 'kept',
};

/** What the garbage collector does. */
export const collecting: Record<CollectingExperiment, Prediction<Collected>> = {
  cycle: 'collected',
  keyOfMap: 'alive',
  keyOfWeakMap: 'collected',
  weakRef: 'collected',
  listener: 'alive',
  heldValue: 'alive',
};
