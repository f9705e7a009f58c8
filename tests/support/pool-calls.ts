import type { Order } from './pool-task.ts';

/** @returns how an item ends its Worker, in words */
export function howItEnds(order: Order): string {
  if (order.do === 'exit') return `calls process.exit(${order.code})`;
  if (order.do === 'crash') return 'throws an error that nobody catches';
  if (order.do === 'memory') return 'needs more memory than heapLimitMb';
  return order.do === 'kill' ? 'is killed by SIGKILL' : 'ends its Worker';
}

/** What a scenario writes into the array of a call of `map` after the call. */
export const writtenLater = 'what the caller wrote into the array later';

const mapOf = (count: number, _: number, chunkSize?: number) =>
  `map() of ${count} items${chunkSize === undefined ? '' : ` with chunkSize ${chunkSize}`}`;

/** What the scenarios of both pools ask of the student's pool. */
export const poolCalls = {
  runOnce: () => 'run()',
  places: (items: number) => `run(), called ${items} times in a row,`,
  runAtOnce: (orders: readonly Order[], size: number) => `${orders.length} calls of run() on a pool of size ${size}`,
  meet: (size: number) => `${size} calls of run() on a pool of size ${size}`,
  construct: () => 'The constructor',
  mapAroundSlowItem: () => 'map() with a slow first item',
  mapNumbers: mapOf,
  mapPlaces: mapOf,
  program: (calls: readonly unknown[]) => `${calls.length} calls of map() at the same time`,
  twoMaps: () => 'Two calls of map() at the same time',
  firstFailureInTime: () => 'map() with an item that fails',
  failTwice: () => 'map() with two items that fail',
  failureInChunk: () => 'map() with an item that fails inside a chunk',
  runEach: (orders: readonly Order[]) => `run(), called for ${orders.length} items in a row,`,
  unsendable: () => 'run() or map() with an item that cannot be sent',
  mapFailing: () => 'map() with an item that fails, or the call after it,',
  lose: (order: Order) => `run() with a task that ${howItEnds(order)}, or a call behind it,`,
  loseMany: (count: number) => `run() with a task that ends its Worker, called ${count} times,`,
  loseIdleWorker: () => 'run(), after an idle Worker has ended,',
  badTaskModule: () => 'run() with a task module that has no task',
  abortedBefore: () => 'run() or map() with a signal that is already aborted',
  abortInTheSameStep: () => 'run() or map(), aborted in the same step,',
  abortQueued: () => 'run() or map(), aborted while its items are queued,',
  abortRunning: () => 'map(), aborted while its items run,',
  abortOneOfTwo: () => 'run(), aborted while another call runs,',
  abortTooLate: () => 'run() or map(), aborted after it has settled,',
  abortAfterFailure: () => 'map(), aborted after it has failed,',
  pairs: () => 'run() or map(), after two calls at the same time,',
  endsBeside: (how: string) => `${how}() right after a call`,
  closeAfterWork: () => 'close(), called twice while items run and once more at the end,',
  closeAfterFailure: () => 'close() after a call that failed',
  closeUnused: () => 'close() of a pool that was never used, called twice,',
  disposeAfterWork: () => '`await using`, while items run,',
  destroyAtWork: () => 'destroy(), called while items run,',
  destroyAtStart: () => 'destroy(), called in the same step as run(),',
  destroyWhileClosing: () => 'destroy(), called while close() waits,',
  idleForEver: () => 'An idle pool',
  unusedForEver: () => 'A pool that was never used',
  keptAliveByWork: () => 'map() on a pool that was idle once',
  countDown: (n: number, parts: number) => `map() of ranges with ${n} steps in all, on a pool of size ${parts},`,
  limits: () => 'run() with the option heapLimitMb',
  aliveAtTheEnd: (how: string) => `${how.split(' ')[0]}() of a pool with four idle Workers`,
  keepBytes: () => 'run() with bytes as its item',
  addShared: () => 'map() with a SharedArrayBuffer in each item',
  roundTrip: () => 'run() with a Map, a Date and a bigint in its item',
  sendShared: () => 'run() with a SharedArrayBuffer',
  deafToSigterm: () => 'destroy() while a task runs that handles SIGTERM',
  closeDeaf: () => 'close() after a task that handles SIGTERM',
  refusedProcess: () => 'run(), while the system starts no process,',
  exitInTheMiddle: () => 'A program that exits while an item runs',
};
