// The explorer's side of a suite: it runs in a separate process, since the code that it explores runs in threads of
// its process. explorer.ts calls these functions.
import { explore, ExplorerError, explorePromises, replay, replayPromises } from '#src/interleave/index.ts';
import type {
  ExploreOptions,
  ExplorePromisesOptions,
  PromiseReport,
  ReplayOptions,
  ReplayPromisesOptions,
  ReplayReport,
  ThreadProgram,
  ThreadReport,
} from '#src/interleave/index.ts';

/** What a call comes to: a report, or what kept the explorer from one. */
export type Answer<Report> =
  | { readonly report: Report }
  | { readonly error: { readonly reason: string | undefined; readonly message: string; readonly stack: string } };

/** Says that this file is loaded. */
export const ready = (): void => undefined;

/**
 * Explores a program of a suite's explorations.ts, or replays a schedule where the options have one.
 * @param explorations URL of that file
 * @param name the program's
 * @param options what to take in place of the program's own, functions left out
 */
export async function threads(
  explorations: string,
  name: string,
  options: Partial<ExploreOptions> | Partial<ReplayOptions>,
): Promise<Answer<ThreadReport | ReplayReport>> {
  const module = (await import(explorations)) as { explorations: Record<string, () => ThreadProgram> };
  const program = { ...module.explorations[name]!(), ...options };
  return answer(() => ('schedule' in program ? replay(program as ReplayOptions) : explore(program)));
}

/** Explores promises, or replays a schedule where the options have one. */
export const promises = (options: ExplorePromisesOptions | ReplayPromisesOptions): Promise<Answer<PromiseReport>> =>
  answer(() => ('schedule' in options ? replayPromises(options) : explorePromises(options)));

async function answer<Report>(work: () => Promise<Report>): Promise<Answer<Report>> {
  // The threads of the code that is explored don't keep this process up, and it must not come to rest meanwhile.
  const awake = setInterval(() => undefined, 60_000);
  try {
    return { report: await work() };
  } catch (error) {
    const { message, cause } = error as Error;
    const stack = (cause instanceof Error ? cause.stack : (error as Error).stack) ?? '';
    return { error: { reason: error instanceof ExplorerError ? error.reason : undefined, message, stack } };
  } finally {
    clearInterval(awake);
  }
}
