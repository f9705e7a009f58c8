import { findingOf } from '#src/arena/arena.ts';
import type { Observation } from '#src/arena/observation.ts';
import { finding } from '#src/verdict/finding.ts';

/** From how many steps on a part is long enough (about half a second) for its threads to be counted while they run. */
export const longPart = 20_000_000;

/** One step more than `countdown` can count: whoever gets the last part throws at once, the others count for a minute. */
export const oneStepTooMany = 2 ** 32 + 1;

/** Threads that are runnable at once, on average, from which on two parts ran beside each other; one after the other gives 1. */
const besideEachOther = 1.5;

/** Share of a call that its calling thread may spend outside of its event loop's wait. Starting two Workers takes a few hundredths. */
const occupied = 0.6;

/** @returns the value of a call; @throws {Finding} how else it ended */
export function valueOf<T>(observation: Observation<T>): T {
  if (observation.outcome !== 'value') throw findingOf(observation);
  return observation.value as T;
}

/** @throws {Finding} unless the call has rejected, and with `wanted` somewhere in its error or in what caused it */
export function expectRejection(observation: Observation, call: string, wanted: RegExp, why: string): void {
  if (observation.outcome === 'value')
    throw finding('failed', `${call} must reject ${why}, but it resolved to ${JSON.stringify(observation.value)}.`);
  if (observation.outcome !== 'error') throw findingOf(observation);
  for (let error: unknown = observation.error; error instanceof Error; error = error.cause) {
    if (wanted.test(`${error.name}: ${error.message}`)) return;
  }
  throw finding(
    'failed',
    `${call} must reject ${why} with an error that says so (${String(wanted)}), but it rejected with ${String(observation.error)}.`,
  );
}

/** @throws {Finding} where something still ran after the call */
export function expectNothingLeft({ left }: Observation, call: string): void {
  if (left.length > 0)
    throw finding(
      'leak',
      `${call} had settled, and ${left.join(' and ')} was still there. End what was started before the promise settles.`,
    );
}

/**
 * Tells parts that ran at the same time from parts that took turns, without a clock.
 * @param kind what the parts run on
 * @param wanted how many of them
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
  if (started === 0) throw disguise(`${call} started no ${kind}: the thread that called did the work itself.`);
  if (started !== wanted)
    throw finding('failed', `${call} must start ${wanted} of kind ${kind}, but started ${started}.`);
  if (peak !== wanted)
    throw disguise(
      `${call} started ${started} of kind ${kind}, but no more than ${peak} of them at the same time. Start all, then await all.`,
    );
  if (offeredParallelism !== undefined && offeredParallelism < besideEachOther) {
    throw disguise(
      `${call} had ${peak} of kind ${kind}, but only ${offeredParallelism.toFixed(1)} threads had work to do at the same time, where ${wanted} were wanted. Does each get its range at once, and an equal share?`,
    );
  }
}

/** @param utilization share of the call in which the calling thread's event loop did not wait for events, 0 to 1 */
export function expectFreeLoop(utilization: number, call: string): void {
  if (utilization < occupied) return;
  throw finding(
    'busy wait',
    `While ${call} ran, the thread that called it was occupied ${Math.round(utilization * 100)} % of the time, so timers and other work had to wait. Let the event loop wait for events.`,
  );
}
