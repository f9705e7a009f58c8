import { setTimeout } from 'node:timers/promises';
import { arena, findingOf, importFailure, session, type Session } from '#src/arena/index.ts';
import { ExplorerError, moduleUrl } from '#src/interleave/index.ts';
import type {
  ExploreOptions,
  ExplorePromisesOptions,
  PromiseProgram,
  PromiseReport,
  ReplayOptions,
  ReplayPromisesOptions,
  ReplayReport,
  ThreadReport,
} from '#src/interleave/index.ts';
import { isHurried } from '#src/system/index.ts';
import type { Finding } from '#src/verdict/index.ts';
import type { Answer } from './host.ts';

type Host = typeof import('./host.ts');

/** Milliseconds for a search: its own budgets end it long before. */
const limit = 300_000;
const sentence = (program: string): string => `Your code, explored in the program ${program},`;

/** Made when it is needed: it starts a process, and a suite's explorations.ts imports this folder in the host, too. */
const host = () =>
  arena<Host>(new URL('./host.ts', import.meta.url), {
    limit,
    explores: true,
    calls: {
      threads: (_, name: string) => sentence(name),
      promises: ({ scenario }: { scenario: string }) => sentence(scenario),
    },
  });

/** Milliseconds that are enough for most searches. */
const usual = 500;
/**
 * In a hurried run: milliseconds without a step after which explored code is given up. It may happen three times in a
 * search, to tell where.
 */
const patience = isHurried ? { stuckAfter: 700 } : {};
/** By module: how its import fails, where it was looked at. */
const importFailures = new Map<string, Promise<Finding | undefined>>();

/** Processes that wait for work: starting one takes longer than most searches. */
const idle: Session<Host>[] = [];

/**
 * Explores promises in a separate process.
 * @throws as `explorePromises` does; a {@link Finding} where student code ended that process
 */
export const explorePromises = async (options: ExplorePromisesOptions): Promise<PromiseReport> =>
  ask(options.module, 'promises', found(options));

/** Replays promises in a separate process. @throws as {@link explorePromises} */
export const replayPromises = async (options: ReplayPromisesOptions): Promise<PromiseReport> =>
  ask(options.module, 'promises', found(options));

/**
 * Explores threads in a separate process.
 * @param program one of a suite's explorations.ts, with options; a function in it must be the program's own
 * @param replayed the arguments of `npm run kata replay` before the token: `12 two-threads`
 * @throws as `explore` does; a {@link Finding} where student code ended that process
 */
export const exploreThreads = (program: ExploreOptions, replayed: string): Promise<ThreadReport> =>
  ask(program.module, 'threads', ...named(program, replayed));

/** Replays threads in a separate process. The parameters are those of {@link exploreThreads}. */
export const replayThreads = (program: ReplayOptions, replayed: string): Promise<ReplayReport> =>
  ask(program.module, 'threads', ...named(program, replayed)) as Promise<ReplayReport>;

// A prepared run waits for the student to save: by then its first process is there. See src/suite/begin.ts.
if (process.env['KATA_BEGIN'] !== undefined && process.env['KATA_GUEST'] === undefined) {
  const first = await session(host());
  await first.call('ready');
  idle.push(first);
}

/** Ends the processes that are kept for the next search. */
export async function closeExplorers(): Promise<void> {
  await Promise.all(idle.splice(0).map((each) => each.close()));
}

/** A program with functions cannot be sent: the host finds it by name, in the file beside its module. */
function named<Options extends ExploreOptions | ReplayOptions>(
  program: Options,
  replayed: string,
): Parameters<Host['threads']> {
  const explorations = new URL('./explorations.ts', program.module).href;
  return [explorations, replayed.slice(replayed.indexOf(' ') + 1), { ...patience, ...plain(program) }];
}

/** Only this process, which has all permissions, can look for a module by the names of package.json's imports. */
const found = <Options extends PromiseProgram>(options: Options): Options => ({
  ...patience,
  ...options,
  module: moduleUrl(options.module),
  ...(options.source !== undefined && { source: moduleUrl(options.source) }),
});

/** @returns the options that can be sent */
const plain = <Options extends object>(options: Options): Options =>
  Object.fromEntries(
    Object.entries(options)
      .filter(([, value]) => typeof value !== 'function')
      .map(([key, value]: [string, unknown]) => [key, value instanceof URL ? value.href : value]),
  ) as Options;

/**
 * Looks whether the import of the explored code comes to an end, where a search takes long. The arena tells sooner than
 * the explorer, and once for all searches: a hang there is one for each of them.
 */
async function importFailureOf(
  module: string | URL | undefined,
  answer: Promise<unknown>,
): Promise<Finding | undefined> {
  const answered = answer.then(() => true);
  if (await Promise.race([answered, setTimeout(usual, false, { ref: false })])) return undefined;
  return importFailureNow(module);
}

function importFailureNow(module: string | URL | undefined): Promise<Finding | undefined> {
  if (module === undefined) return Promise.resolve(undefined);
  const known = importFailures.get(String(module)) ?? importFailure(moduleUrl(module));
  importFailures.set(String(module), known);
  return known;
}

async function ask<Name extends 'threads' | 'promises'>(
  module: string | URL | undefined,
  name: Name,
  ...args: Parameters<Host[Name]>
): Promise<Awaited<ReturnType<Host[Name]>> extends Answer<infer Report> ? Report : never> {
  const known = await importFailures.get(String(module));
  if (known) throw known;
  const open = idle.pop() ?? (await session(host()));
  const call = open.call<Name>(name, ...(args as never));
  const failure = await Promise.race([call.then(() => undefined), importFailureOf(module, call)]);
  if (failure) {
    await open.close();
    throw failure;
  }
  const observation = await call;
  if (observation.outcome !== 'value') {
    await open.close();
    throw findingOf(observation);
  }
  idle.push(open);
  const answer = observation.value as Answer<never>;
  if ('report' in answer) return answer.report;
  const { reason, message, stack } = answer.error;
  // The arena knows the place, and says it in the words of all other checks.
  const told = reason === 'module-load-failed' ? await importFailureNow(module) : undefined;
  if (told) throw told;
  const cause = Object.assign(new Error(message), { stack });
  throw reason === undefined ? cause : new ExplorerError(reason as ExplorerError['reason'], message, { cause });
}
