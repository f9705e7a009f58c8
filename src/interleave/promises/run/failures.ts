// Errors of the code under test, in words and as data.
import { inspect } from 'node:util';
import { NOT_IMPLEMENTED, thrownOf } from '../../common/index.ts';
import { baseName } from '../../report/index.ts';
import type { Failure, FailureReason, PromiseVerdict } from '../../report/index.ts';
import { frames } from './stack-frames.ts';

/** What went wrong in one schedule of promises. */
export interface PromiseFailure extends Failure {
  verdict: PromiseVerdict;
}

/** @returns an error (or whatever was thrown) in a few words */
export function describe(error: unknown): string {
  const thrown = thrownOf(error);
  return thrown ? `${thrown.name}: ${thrown.message}` : inspect(error, { breakLength: Infinity, depth: 1 });
}

/** @returns ` (account.ts:14)`, the innermost place in code that is neither Node's nor the explorer's, or nothing */
export function position(error: unknown): string {
  const place = placeOf(error);
  return place ? ` (${baseName(place.file)}:${place.line})` : '';
}

/**
 * @param error what the code threw
 * @param reason unless the error says that a function is not implemented
 */
export function failureOf(
  verdict: PromiseVerdict,
  reason: FailureReason,
  sentence: string,
  error: unknown,
): PromiseFailure {
  const thrown = thrownOf(error);
  if (!thrown) return { verdict, reason, sentence };
  return {
    verdict,
    reason: thrown.code === NOT_IMPLEMENTED ? 'not-implemented' : reason,
    sentence,
    thrown: { ...thrown, ...placeOf(error) },
  };
}

/** What is to be said of a task that threw: a failed assertion is a violation. */
export function taskThrew(name: string, error: unknown): PromiseFailure {
  const sentence = `${name} threw ${describe(error)}${position(error)}.`;
  const asserted = (error as { code?: unknown } | null)?.code === 'ERR_ASSERTION';
  return asserted
    ? failureOf('violation', 'assertion', sentence, error)
    : failureOf('threw', 'thrown', sentence, error);
}

/** The same of a timer's callback. */
export function timerThrew(name: string, error: unknown): PromiseFailure {
  const sentence = `A timer callback of ${name} threw ${describe(error)}${position(error)}.`;
  return failureOf('threw', 'thrown', sentence, error);
}

/** The same of the scenario. */
export function scenarioThrew(error: unknown): PromiseFailure {
  const sentence = `The scenario could not be set: ${describe(error)}${position(error)}.`;
  return failureOf('threw', 'thrown', sentence, error);
}

/** The same of the scene's `state`. */
export function stateThrew(error: unknown): PromiseFailure {
  return failureOf('violation', 'thrown', `The scene's state threw ${describe(error)}.`, error);
}

function placeOf(error: unknown): { file: string; line: number } | undefined {
  const [first] = frames(error instanceof Error ? error.stack : undefined);
  return first;
}
