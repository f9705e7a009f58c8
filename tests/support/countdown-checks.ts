import { findingOf, type Observation } from '#src/arena/index.ts';
import { finding } from '#src/verdict/index.ts';

/** Steps of a part that runs long enough (about half a second) for its threads to be counted while they run. */
export const longPart = 20_000_000;

/** One step more than `countdown` can count: the last part throws immediately, the others count for a minute. */
export const oneStepTooMany = 2 ** 32 + 1;

/** Median number of runnable threads from which on two parts count as parallel. Parts that take turns give 1. */
const inParallel = 1.5;

const plural = { Worker: 'Workers', 'child process': 'child processes' };

/** Share of a call in which the calling thread's event loop may be busy. Starting two Workers takes a few percent. */
const occupied = 0.6;

/**
 * @returns the value that a call resolved to
 * @throws {Finding} if it ended in any other way
 */
export function valueOf<T>(observation: Observation<T>): T {
  if (observation.outcome !== 'value') throw findingOf(observation);
  return observation.value as T;
}

/** @throws {Finding} unless the call rejected and `wanted` matches its error or one of that error's causes */
export function expectRejection(observation: Observation, call: string, wanted: RegExp, why: string): void {
  if (observation.outcome === 'value')
    throw finding(
      'failed',
      `Expected ${call} to reject ${why}, but it resolved to ${JSON.stringify(observation.value)}.`,
    );
  if (observation.outcome !== 'error') throw findingOf(observation);
  for (let error: unknown = observation.error; error instanceof Error; error = error.cause) {
    if (wanted.test(`${error.name}: ${error.message}`)) return;
  }
  throw finding(
    'failed',
    `Expected ${call} to reject ${why} with an error that matches ${String(wanted)}, but it rejected with ` +
      `${String(observation.error)}. Pass the original error on, or set it as the cause.`,
  );
}

/** @throws {Finding} if something was still running after the call */
export function expectNothingLeft({ left }: Observation, call: string): void {
  if (left.length > 0)
    throw finding(
      'leak',
      `${call} has settled, but this is still running: ${left.join(', ')}. End everything that you started ` +
        'before the promise settles.',
    );
}

/**
 * Distinguishes parts that ran at the same time from parts that took turns, without a clock.
 * @param kind what the parts run on
 * @param wanted number of parts
 */
export function expectSameTime(
  observation: Observation,
  call: string,
  kind: 'Worker' | 'child process',
  wanted: number,
): void {
  const { started, peak } = kind === 'Worker' ? observation.workers : observation.children;
  const { offeredParallelism } = observation;
  const disguise = (sentence: string) => finding('sequential in disguise', sentence);
  if (started === 0) throw disguise(`${call} started no ${kind}: the calling thread did the work itself.`);
  if (started !== wanted)
    throw finding('failed', `Expected ${call} to start ${wanted} ${plural[kind]}, but it started ${started}.`);
  if (peak !== wanted)
    throw disguise(
      `${call} started ${started} ${plural[kind]}, but never more than ${peak} at the same time. Start all of ` +
        'them, then await all of them.',
    );
  if (offeredParallelism !== undefined && offeredParallelism < inParallel) {
    throw disguise(
      `${call} ran ${peak} ${plural[kind]}, but most of the time only ${offeredParallelism.toFixed(1)} of them had ` +
        'work at the same time. Give each one its range when it starts, and an equal share.',
    );
  }
}

/** @param utilization share of the call in which the calling thread's event loop was busy, 0 to 1 */
export function expectFreeLoop(utilization: number, call: string): void {
  if (utilization < occupied) return;
  throw finding(
    'busy wait',
    `While ${call} ran, the calling thread was busy ${Math.round(utilization * 100)} % of the time, so timers ` +
      'and other callbacks had to wait. Wait for events instead of computing or polling.',
  );
}
