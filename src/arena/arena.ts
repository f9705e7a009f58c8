import { Finding, finding, throwerOf } from '#src/verdict/index.ts';
import { callInline } from './inline.ts';
import type { Observation } from './observation.ts';
import { callInGuest, load } from './call.ts';
import { Session } from './session.ts';
import { verdictOf } from './sentences.ts';
import { takeGuest, warmUp } from './spares.ts';
import { type ArenaOptions, type Subject, subjectOf } from './subject.ts';

type Callable<F> = F extends (...args: infer A) => infer R ? { args: A; result: Awaited<R> } : never;

/**
 * A module's functions as they are called from the referee: each gives a promise, values travel by structured clone.
 */
export type Remote<M> = {
  readonly [K in keyof M as M[K] extends (...args: never[]) => unknown ? K : never]: (
    ...args: Callable<M[K]>['args']
  ) => Promise<Callable<M[K]>['result']>;
};

/** The same functions, each giving everything that the referee saw of the call. */
export type Observed<M> = {
  readonly [K in keyof M as M[K] extends (...args: never[]) => unknown ? K : never]: (
    ...args: Callable<M[K]>['args']
  ) => Promise<Observation<Callable<M[K]>['result']>>;
};

const subjects = new WeakMap<object, Subject>();

/** Inline runs student code in the referee's own process: for breakpoints and coverage, with no protection at all. */
const inline = () => process.env['KATA_ARENA'] === 'inline';

/**
 * Student code to be called as if it were imported. Each call runs in a process of its own, started before it is
 * needed, that is ended with all it has started when the call is over.
 * @param specifier a `#kata/…` name, or the URL of a file beside the suite
 * @param options what a call may use
 * @returns the module's functions. A call resolves and rejects as the student's does; where it does neither (a hang,
 *   a crash, a flood, a module that does not load) it rejects with a {@link Finding} that names the verdict
 * @example
 * const student = arena<typeof import('#kata/03-countdown-threads/split.ts')>('#kata/03-countdown-threads/split.ts');
 * expect(await student.split(10, 2)).toEqual([{ from: 0, to: 5 }, { from: 5, to: 10 }]);
 */
export function arena<M>(specifier: string | URL, options: ArenaOptions = {}): Remote<M> {
  const subject = subjectOf(specifier, options);
  if (!inline()) warmUp();
  const remote = functionsOf(async (name, args) => {
    return mustReturn(await call(subject, name, args, false)).value;
  });
  subjects.set(remote, subject);
  return remote as Remote<M>;
}

/**
 * @param student what {@link arena} gave
 * @returns the same functions, whose calls resolve to all that the referee saw, however they ended: what was started,
 *   what it used, and what still ran when the event loop should have been empty. They reject only where a function is
 *   not implemented yet
 * @example
 * const { workers, left } = await observe(student).countdownOnThreads(1000, 2);
 */
export function observe<M>(student: Remote<M>): Observed<M> {
  const subject = subjectBehind(student);
  return functionsOf((name, args) => call(subject, name, args, true)) as Observed<M>;
}

/**
 * Opens one process for several calls, for timings that should not see a module's first steps. Close it.
 * @param student what {@link arena} gave
 */
export function session<M>(student: Remote<M>): Promise<Session<M>> {
  return Session.open<M>(subjectBehind(student));
}

/**
 * Imports a module in a separate process, and calls nothing.
 * @returns the finding where the import fails or doesn't come to an end
 */
export async function importFailure(specifier: string | URL): Promise<Finding | undefined> {
  if (inline()) return undefined;
  const name = 'import';
  const subject = subjectOf(specifier, { calls: { [name]: () => 'The import of your code' } });
  const guest = await takeGuest(false, subject.role);
  try {
    const observation = await load(guest, subject, name, []);
    const told = observation?.outcome === 'timeout' || observation?.outcome === 'does not load';
    return told ? findingOf(observation) : undefined;
  } finally {
    await guest.end();
  }
}

/**
 * @param observation of a call that should have returned a value
 * @returns the same
 * @throws what the call threw, or a {@link Finding} where it hung, crashed or did not load
 */
function mustReturn<O extends Observation>(observation: O): O {
  if (observation.outcome === 'value') return observation;
  throw observation.outcome === 'error' && observation.error !== undefined ? observation.error : findingOf(observation);
}

/** @returns the error that reports a call's outcome to the grader and the student */
export function findingOf(observation: Observation, name?: string): Finding {
  const { outcome, reason, sentence, place, output, error } = observation;
  if (reason === 'not-implemented') {
    const found = finding('not implemented', `${throwerOf(error?.stack) ?? name ?? 'It'} is not implemented yet.`);
    return Object.assign(found, { stack: error?.stack });
  }
  const printed = withoutOurFrames(output).trim();
  const found = finding(
    verdictOf(outcome),
    sentence,
    printed === '' ? undefined : `It printed:\n${printed.slice(0, 1_000)}`,
  );
  // The stack of the student's side leads to the line; this side's would lead into the test bench.
  if (error?.stack !== undefined) found.stack = error.stack;
  return Object.assign(found, place && { studentFrame: place });
}

/** The place and the line of code with which Node.js begins the report of an uncaught error. */
const excerpt = /^(?!.*[/\\](?:exercises|solutions)[/\\])\S.*:\d+\n.*\n[ \t]*\^+[ \t]*\n/gm;

/** @returns what a process printed, without the lines that lead into the test bench or into Node.js */
const withoutOurFrames = (output: string): string =>
  output
    .replace(excerpt, '')
    .split('\n')
    .filter(
      (line) =>
        !/^Node\.js v\d/.test(line) &&
        (!/^\s+at .*:\d+:\d+\)?$/.test(line) || /[/\\](?:exercises|solutions)[/\\]/.test(line)),
    )
    .join('\n');

async function call(subject: Subject, name: string, args: readonly unknown[], drain: boolean): Promise<Observation> {
  const observation = inline()
    ? await callInline(subject, name, args, drain)
    : await callInGuest(subject, name, args, drain);
  if (observation.reason === 'not-implemented') throw findingOf(observation, name);
  return observation;
}

function subjectBehind(student: object): Subject {
  const subject = subjects.get(student);
  if (subject === undefined) throw new TypeError('observe() and session() take what arena() returned.');
  return subject;
}

/**
 * A check may look at a server or a file before it awaits the call: until then, a rejection must not count as
 * unhandled.
 */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** An object that has every function one may name; whether the module has it too shows when it is called. */
function functionsOf(callByName: (name: string, args: readonly unknown[]) => Promise<unknown>): object {
  return new Proxy(
    {},
    {
      get: (_, name) =>
        // An awaited object is asked for `then`: this one is no promise.
        typeof name === 'symbol' || name === 'then'
          ? undefined
          : (...args: readonly unknown[]) => handled(callByName(name, args)),
    },
  );
}
