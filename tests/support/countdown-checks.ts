import { inspect } from 'node:util';
import { expect } from 'vitest';
import { countdown, type Range } from '#shared/countdown.ts';
import { firstSeed } from '#shared/first-seed.ts';
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

/**
 * @param hint what to do where the promise never settles
 * @throws {Finding} unless the call rejected and `wanted` matches its error or one of that error's causes
 */
export function expectRejection(
  observation: Observation,
  call: string,
  wanted: RegExp,
  why: string,
  hint = 'Listen for everything that can end what you started.',
): void {
  if (observation.outcome === 'value')
    throw finding(
      'failed',
      `Expected ${call} to reject ${why}, but it resolved to ${JSON.stringify(observation.value)}.`,
    );
  expectEnd(observation, `Expected ${call} to reject ${why}`, hint);
  if (observation.outcome !== 'error') throw findingOf(observation);
  for (let error: unknown = observation.error; error instanceof Error; error = error.cause) {
    if (wanted.test(`${error.name}: ${error.message}`)) return;
  }
  throw finding(
    'failed',
    `Expected ${call} to reject ${why} with an error that contains ` +
      `“${wanted.source.replace(/^\.$/, 'a message').replace(/^\^/, '')}”, but ` +
      `it rejected with ${String(observation.error)}. Pass the original error on, or set it as the cause.`,
  );
}

/**
 * @returns the value that a call resolved to; its child processes have no reason to crash
 * @throws {Finding} if it ended in any other way; a crash of a child comes first, since it explains the rest
 */
export function valueWithoutCrash<T>(observation: Observation<T>, call: string): T {
  if (observation.outcome === 'value') return observation.value as T;
  const [, crash] = /^((?:[A-Z]\w*)?Error(?: \[\w+\])?: .*)$/m.exec(observation.output) ?? [];
  if (crash === undefined || !['event-loop-empty', 'waiting', 'threw'].includes(observation.reason))
    throw findingOf(observation);
  const hint = crash.includes('NaN') ? ' The arguments of a program are strings: pass each number on its own.' : '';
  throw finding(
    'crash',
    `${call} got no answer, because its child process crashed: ${crash.replace(/\.$/, '')}.${hint}`,
    findingOf(observation).evidence,
  );
}

/**
 * @param wanted what the call should have done, as the beginning of a sentence
 * @param hint what to do if it has not
 * @throws {Finding} if the call never settled, or a rejection that nobody handled ended its process
 */
export function expectEnd(observation: Observation, wanted: string, hint: string): void {
  const { reason } = observation;
  const hang = hangs[reason];
  if (hang !== undefined) throw finding('timeout', `${wanted}, but ${hang}. ${hint}`);
  if (reason !== 'unhandled-rejection') return;
  const { evidence, stack } = findingOf(observation);
  const found = finding(
    'crash',
    `${wanted}, but another promise rejected while no code was waiting for it, and an unhandled rejection ends ` +
      'the whole process. `await` in a loop handles one promise at a time: pass all of them to one `Promise.all`.',
    evidence,
  );
  throw Object.assign(found, { stack });
}

const hangs: Partial<Record<Observation['reason'], string>> = {
  'event-loop-empty': 'its promise can never settle: nothing is left running that could settle it',
  'others-busy': 'it went on waiting while something that it had started was still computing',
  waiting: 'it went on waiting, although nothing was computing',
};

/**
 * @param call the call, as the student would write it
 * @param got what it resolved to
 * @param parts how many parts it counts
 * @throws {Finding} unless it is the sum of the range, which must have the sizes that `split` gives its parts
 */
export function expectSum(call: string, got: unknown, { from, to }: Range, parts = 1): void {
  const sum = countdown({ from, to });
  if (got === sum) return;
  const edge = (part: number) => from + part * Math.floor((to - from) / parts) + Math.min(part, (to - from) % parts);
  const partly = Array.from({ length: parts }, (_, part) => countdown({ from: edge(part), to: edge(part + 1) }));
  const part = parts > 1 && typeof got === 'number' ? partly.indexOf(got) : -1;
  const cause =
    part >= 0
      ? ` That is the sum of part ${part + 1} of ${parts} only. \`sum += await …\` in parallel does that: it reads ` +
        '`sum` before the wait, so the parts overwrite each other.'
      : got === 0
        ? ' It resolved before any part was counted: wait for all of the answers.'
        : '';
  const came = typeof got === 'string' && got.includes('Error') ? `rejected with ${got}` : `resolved to ${shown(got)}`;
  throw finding('failed', `${call} must resolve to ${sum}, but it ${came}.${cause} ${by()}`);
}

/** @returns the ranges that `countdown` refused, from a text that holds its errors */
export const refusedRanges = (text: string): Range[] =>
  [...text.matchAll(/got from (\d+) to (\d+)/g)].map(([, from, to]) => ({ from: Number(from), to: Number(to) }));

/** The ranges are drawn anew in each run. */
const by = (): string => {
  const [, id = ''] = /[/\\](\d\d)-[^/\\]+\.test\.ts$/.exec(expect.getState().testPath ?? '') ?? [];
  return `(to repeat: npm run kata run ${id} -- --seed ${firstSeed})`;
};

const shown = (value: unknown): string => inspect(value, { breakLength: Infinity, depth: 2, maxArrayLength: 4 });

/** @returns what was still running, in words */
const named = (left: readonly string[]): string =>
  left.map((each) => each.replace(/^node \((\d+)\)$/, 'child process $1')).join(' and ');

/**
 * @param hint what to do about it
 * @throws {Finding} if something was still running after the call
 */
export function expectNothingLeft(
  { left }: Observation,
  call: string,
  hint = 'End everything that you started before the promise settles.',
): void {
  if (left.length > 0) throw finding('leak', `${call} has settled, but this is still running: ${named(left)}. ${hint}`);
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
    throw finding(
      'failed',
      `Expected ${call} to start ${wanted} ${plural[kind]}, but it started ${started}. Each part needs ` +
        `a ${kind}; the calling thread counts none of them.`,
    );
  if (peak !== wanted)
    throw disguise(
      `${call} started ${started} ${plural[kind]}, but never more than ${peak} at the same time. Start all of ` +
        'them, then await all of them.',
    );
  if (offeredParallelism !== undefined && offeredParallelism < inParallel) {
    throw disguise(
      `${call} ran ${peak} ${plural[kind]}, but most of the time only one of them had work. Start every ${kind} ` +
        'before you await the first answer, and give each one its range when it starts, with an equal share.',
    );
  }
}

/**
 * @param observation of a scenario in which no part can be counted before all have been started
 * @throws {Finding} unless all parts were started before the first answer, and the call resolved to a value
 */
export function expectStartBeforeAnswers(
  observation: Observation,
  call: string,
  kind: 'Worker' | 'child process',
  wanted: number,
): void {
  const { started } = kind === 'Worker' ? observation.workers : observation.children;
  if (['event-loop-empty', 'waiting', 'returned'].includes(observation.reason) && started < wanted)
    throw finding(
      'sequential in disguise',
      `${call} must start all of its ${wanted} ${plural[kind]} at once, but it started only ${started} and then ` +
        'waited for an answer. Start every one before you await the first answer, however many there are.',
    );
  valueOf(observation);
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
