// Runs in the student's process, inside the arena.
import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isHurried } from '#src/system/index.ts';
import { rethrowNotImplemented } from '#src/verdict/index.ts';
import type { FetchOptions } from '#kata/05-fetch-pages/fetch-pages.ts';

/** How a call ended, as plain data. */
export type Ending =
  | { readonly value: unknown }
  | {
      readonly name: string;
      readonly message: string;
      readonly id: unknown;
      readonly fault: unknown;
      /** Whether it is the reason of the signal itself. */
      readonly isReason: boolean;
    };

async function endingOf(call: Promise<unknown>, signal?: AbortSignal): Promise<Ending> {
  try {
    return { value: await call };
  } catch (error) {
    rethrowNotImplemented(error);
    const isReason = signal?.aborted === true && Object.is(error, signal.reason);
    if (!(error instanceof Error))
      return { name: typeof error, message: String(error), id: undefined, fault: undefined, isReason };
    const { name, message, id, fault } = error as Error & { id?: unknown; fault?: unknown };
    return { name, message, id, fault, isReason };
  }
}

/** Requests a page of the bell, on a separate connection: the suite sees the request and decides when to answer it. */
export function ring(bell: string, id: number): Promise<void> {
  return new Promise((resolve, reject) => {
    get(`${bell}/post/${id}/`, { agent: false }, (response) => response.resume().on('end', resolve)).on(
      'error',
      reject,
    );
  });
}

export async function fetchOne(origin: string, id: number, timeout?: number): Promise<Ending> {
  const { fetchPage } = await import('#kata/05-fetch-pages/fetch-page.ts');
  return endingOf(fetchPage(origin, id, timeout === undefined ? {} : { timeout }));
}

/** Calls fetchPage twice, one after the other. @returns the second text */
export async function fetchAgain(origin: string, id: number): Promise<unknown> {
  const { fetchPage } = await import('#kata/05-fetch-pages/fetch-page.ts');
  await fetchPage(origin, id);
  return fetchPage(origin, id);
}

/** Calls fetchPages. @returns the pages, and what the array of ids holds afterwards */
export async function fetchKeepingIds(
  origin: string,
  ids: number[],
): Promise<{ pages: unknown; idsAfterwards: number[] }> {
  const { fetchPages } = await import('#kata/05-fetch-pages/fetch-pages.ts');
  return { pages: await fetchPages(origin, ids), idsAfterwards: ids };
}

type Limit = number | undefined;

/**
 * Calls fetchPage with each of some time limits at once, for a page that never comes to its end.
 * @returns the limits in the order in which the calls settled
 */
export async function fetchWithLimits(origin: string, id: number, limits: readonly Limit[]): Promise<Limit[]> {
  const settled: Limit[] = [];
  await Promise.all(limits.map((limit) => fetchOne(origin, id, limit).then(() => settled.push(limit))));
  return settled;
}

/**
 * Calls fetchPages with the time limit 0, with one far below the default, without one, and with one far above it.
 * @returns the limits in the order in which the calls settled, up to the default or the one above it
 */
export async function fetchPagesWithLimits(origin: string, id: number): Promise<Limit[]> {
  const { fetchPages } = await import('#kata/05-fetch-pages/fetch-pages.ts');
  const [none, below, above] = [undefined, 3_000, 8_000];
  const settled: Limit[] = [];
  const call = (timeout: Limit) =>
    endingOf(fetchPages(origin, [id], { timeout })).then(() => void settled.push(timeout));
  void call(0);
  void call(below);
  // The option is there all the same, with the value undefined.
  await Promise.race([call(none), call(above)]);
  return [...settled];
}

/** The pages of the bell: the scenario requests them to report how far it is, or to wait for a go. */
export const bellPage = { abort: 1, settled: 2, after: 3, enough: 4, over: 5 } as const;

/** Requests that a call which has settled lives on for; after the tenth, there is a pause behind each. */
const rounds = isHurried ? 35 : 110;

/** A call that fails: its arguments, and the bell that reports its progress. */
export interface Failing {
  readonly origin: string;
  readonly bell: string;
  readonly ids: readonly number[];
  readonly options: Omit<FetchOptions, 'signal'>;
  /** `on bell`: aborts as soon as the bell has answered `bellPage.abort`. */
  readonly abort?: 'before' | 'on bell';
  /** What it aborts with; by default, a TimeoutError. */
  readonly reason?: unknown;
}

/** Calls fetchPage, and stays alive when it has settled, so that the server can see whether the request goes on. */
export async function fetchOneAndLinger(origin: string, bell: string, id: number, timeout?: number): Promise<Ending> {
  const ending = await fetchOne(origin, id, timeout);
  await linger(bell);
  return ending;
}

/**
 * Lives on when a call has settled: for ten requests at least, which gives what it still sends the time to reach the
 * server, and then until the bell says that it is enough, or two seconds have passed (half a second in a hurried run).
 * They are counted in pauses, so a busy machine gets more.
 */
async function linger(bell: string): Promise<void> {
  await ring(bell, bellPage.settled);
  let isEnough = false;
  const enough = ring(bell, bellPage.enough).then(() => void (isEnough = true));
  for (let round = 0; round < rounds && (round < 10 || !isEnough); round++) {
    await ring(bell, bellPage.after);
    if (round >= 10) await pause(20);
  }
  await ring(bell, bellPage.over);
  await enough;
}

/** Calls fetchPages, and stays alive when it has settled so that the server can see which connections stay open. */
export async function failAndLinger({
  origin,
  bell,
  ids,
  options,
  abort,
  // As from AbortSignal.timeout(): the caller's time limit is no time limit of a page.
  reason = new DOMException('enough of it', 'TimeoutError'),
}: Failing): Promise<Ending> {
  const { fetchPages } = await import('#kata/05-fetch-pages/fetch-pages.ts');
  const controller = new AbortController();
  const enough = () => controller.abort(reason);
  if (abort === 'before') enough();
  const settled = endingOf(fetchPages(origin, ids, { ...options, signal: controller.signal }), controller.signal);
  if (abort === 'on bell') {
    await ring(bell, bellPage.abort);
    enough();
  }
  const ending = await settled;
  await linger(bell);
  return ending;
}

/**
 * Makes two calls at the same time, one of which fails, and tells the bell when it has.
 * @returns how the other one ended, and the one that fails
 */
export async function failBesideACall(
  origin: string,
  bell: string,
  ids: readonly number[],
  failing: readonly number[],
): Promise<{ beside: Ending; failed: Ending }> {
  const { fetchPages } = await import('#kata/05-fetch-pages/fetch-pages.ts');
  const beside = endingOf(fetchPages(origin, ids, { concurrency: 2, timeout: 30_000 }));
  const failed = await endingOf(fetchPages(origin, failing));
  await ring(bell, bellPage.settled);
  return { beside: await beside, failed };
}

export async function refusals(
  origin: string,
  ids: readonly number[],
  concurrencies: readonly number[],
): Promise<string[]> {
  const { fetchPages } = await import('#kata/05-fetch-pages/fetch-pages.ts');
  return Promise.all(
    concurrencies.map(async (concurrency) => {
      const ending = await endingOf(fetchPages(origin, ids, { concurrency }));
      return 'name' in ending ? ending.name : 'a value';
    }),
  );
}
