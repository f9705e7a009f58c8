import { expect } from 'vitest';
import { findingOf, type Observation } from '#src/arena/index.ts';
import { finding } from '#src/verdict/index.ts';
import type { Settled, Thrown } from './pool-types.ts';

/**
 * @returns the scenario's result
 * @throws {Finding} if it ended in another way
 */
export function valueOf<T>(observation: Observation<T>): T {
  if (observation.outcome === 'value') return observation.value as T;
  if (observation.outcome === 'error' && observation.error) throw observation.error;
  throw findingOf(observation);
}

/**
 * @returns what a call rejected with
 * @throws {Finding} if it resolved
 */
export function rejectionOf(ending: Settled, call: string): Thrown {
  if (ending.thrown) return ending.thrown;
  throw finding(
    'failed',
    `${call} must reject, but it resolved to ${JSON.stringify(ending.value) ?? String(ending.value)}.`,
  );
}

/** Expects an Error in whose message, or in a cause's message, is what ended the Worker. */
export function expectRejected(ending: Settled, wanted: RegExp): void {
  const error = rejectionOf(ending, 'run');
  expect(error.builtIn, 'what run rejected with is an Error').not.toBe('none');
  const messages: string[] = [];
  for (let each: Thrown | undefined = error; each; each = each.cause) messages.push(each.message);
  expect(messages.join('\n'), 'the message of what run rejected with').toMatch(wanted);
}

/** Expects that the pool returned a result after an error. */
export function expectUsable(ending: Settled, value: unknown = 'usable'): void {
  expect(ending, 'the item after the error').toEqual({ value });
}
