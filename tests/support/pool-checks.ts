import { inspect, isDeepStrictEqual } from 'node:util';
import { findingOf, type Observation } from '#src/arena/index.ts';
import { finding, type Verdict } from '#src/verdict/index.ts';
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

const hangs: Partial<Record<Observation['reason'], string>> = {
  'event-loop-empty': 'a promise can never settle, because nothing is left running that could settle it',
  'others-busy': 'it went on waiting while something that it had started was still computing',
  waiting: 'it went on waiting, although nothing was computing',
};

/**
 * @param wanted what the pool should have done, a main clause
 * @param hint what to do if it hung
 * @returns the scenario's result
 * @throws {Finding} if it ended in another way
 */
export function endOf<T>(observation: Observation<T>, wanted: string, hint: string): T {
  const hang = hangs[observation.reason];
  if (hang !== undefined) throw finding('timeout', `${wanted}, but ${hang}. ${hint}`);
  return valueOf(observation);
}

/** @returns a value on one line, cut where it is long */
export function shown(value: unknown): string {
  const text = inspect(value, { breakLength: Infinity, depth: 2, maxArrayLength: 6, maxStringLength: 80 });
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/** @returns how a call settled, in words */
export function outcome({ thrown, value }: Settled): string {
  if (thrown === undefined) return `resolved to ${shown(value)}`;
  if (thrown.builtIn === 'none') return `rejected with ${shown(thrown.value)}`;
  const { name, message, cause } = thrown;
  const why = cause === undefined || cause.message === '' ? '' : `, caused by “${cause.message}”`;
  return `rejected with ${name} (“${message}”${why})`;
}

/**
 * @param when which call, such as "when the task returns 0"
 * @throws {Finding} unless the call resolved to the value
 */
export function expectResult(ending: Settled | undefined, value: unknown, when: string, hint = ''): void {
  if (ending !== undefined && ending.thrown === undefined && isDeepStrictEqual(ending.value, value)) return;
  const came = ending === undefined ? 'there is no such call' : outcome(ending);
  throw finding('failed', `run() must resolve to ${shown(value)} ${when}, but it ${came}. ${hint}`.trimEnd());
}

/**
 * @param thrown what run() rejected with after the task threw such an error
 * @param what the error, such as "an error with a function in it"
 * @param hint what to do about it
 * @throws {Finding} unless the message and the code arrived
 */
export function expectMessageAndCode(thrown: Thrown | undefined, what: string, hint: string): void {
  const { message, code } = thrown ?? {};
  if (message === 'no tea left' && code === 'SOLD_OUT') return;
  throw finding(
    'failed',
    `The task threw ${what}. The message “no tea left” and the code SOLD_OUT must arrive all the same, but the ` +
      `message is “${message}” and the code ${shown(code)}. ${hint}`,
  );
}

/**
 * @param results what map() resolved to
 * @param wanted the result of each item; no two are the same
 * @throws {Finding} unless they are the results, in the order of the items
 */
export function expectInOrder(results: unknown, wanted: readonly unknown[], call: string, verdict: Verdict): void {
  if (isDeepStrictEqual(results, wanted)) return;
  if (!Array.isArray(results)) throw finding('failed', `${call} must resolve to an array, got ${shown(results)}.`);
  const at = wanted.findIndex((each, place) => !isDeepStrictEqual(results[place], each));
  if (at < 0)
    throw finding(
      verdict,
      `${call} must resolve to ${wanted.length} results, one for each item, got ${results.length}.`,
    );
  const place = results.findIndex((each) => isDeepStrictEqual(each, wanted[at]));
  const where =
    place < 0
      ? `is missing: at its place stands ${shown(results[at])}`
      : `stands at index ${place}: store each result at the index of its item`;
  const other =
    results.length === wanted.length ? '' : ` There are ${results.length} results for ${wanted.length} items.`;
  throw finding(
    verdict,
    `${call} must resolve to the results in the order of the items, but the result of item ${at} ${where}.${other}`,
  );
}

/**
 * @param wanted what it must reject with, such as " with PoolClosedError"
 * @returns what a call rejected with
 * @throws {Finding} if it resolved
 */
export function rejectionOf(ending: Settled, call: string, wanted = ''): Thrown {
  if (ending.thrown) return ending.thrown;
  throw finding('failed', `${call} must reject${wanted}, but it resolved to ${shown(ending.value)}.`);
}

/**
 * @param call the call and what ended its Worker
 * @param sign what the message must contain
 * @throws {Finding} unless it is an Error in whose message, or in a cause's message, is what ended the Worker
 */
export function expectRejected(ending: Settled, wanted: RegExp, call: string, sign: string): void {
  const error = rejectionOf(ending, call);
  if (error.builtIn === 'none')
    throw finding('failed', `${call} must reject with an Error, but it ${outcome(ending)}.`);
  const messages: string[] = [];
  for (let each: Thrown | undefined = error; each; each = each.cause) messages.push(each.message);
  if (!wanted.test(messages.join('\n')))
    throw finding(
      'failed',
      `${call} must reject with an error whose message, or whose cause's message, contains ${sign}, but it ` +
        `${outcome(ending)}.`,
    );
}

/** @throws {Finding} unless the items 1, 2 and 3, which were queued behind a lost one, ran */
export function expectQueuedRan(queued: readonly Settled[]): void {
  for (const [at, ending] of queued.entries())
    expectResult(ending, at + 1, 'for an item that was queued behind the lost one', 'Replace the Worker that ended.');
}

/** @throws {Finding} unless the call was refused or given up by a pool that is closed or destroyed */
export function expectPoolClosed(ending: Settled, call: string): void {
  if (rejectionOf(ending, call, ' with PoolClosedError').ofPool !== 'PoolClosedError')
    throw finding('failed', `${call} must reject with the PoolClosedError of pool.ts, but it ${outcome(ending)}.`);
}

/** @throws {Finding} unless the pool returned a result after an error */
export function expectUsable(ending: Settled, value: unknown = 'usable'): void {
  if (ending.thrown === undefined && isDeepStrictEqual(ending.value, value)) return;
  throw finding(
    'failed',
    `The pool must stay usable: the next call must resolve to ${shown(value)}, but it ${outcome(ending)}.`,
  );
}
