import { Agent } from 'undici';
import { fetchPage } from './fetch-page.ts';

export interface FetchOptions {
  /** Maximum number of pages that are fetched at the same time, a positive integer. Default: 1. */
  concurrency?: number;
  /** Aborts all requests. The promise then rejects with the signal's reason, and all connections are closed. */
  signal?: AbortSignal;
  /** Time limit for each page in milliseconds. Default: 5000. */
  timeout?: number;
}

/**
 * Fetches several pages.
 * @param origin origin of the server, such as `http://127.0.0.1:8080`
 * @param ids numbers of the pages; the same number may occur more than once
 * @returns the texts of the pages, in the order of `ids`
 * @throws the first error of a page; after it no further page is requested and all connections are closed
 * @throws `signal.reason` after an abort
 * @throws {RangeError} if `concurrency` is not a positive integer
 */
export async function fetchPages(
  origin: string,
  ids: readonly number[],
  { concurrency = 1, signal, timeout }: FetchOptions = {},
): Promise<string[]> {
  if (!Number.isSafeInteger(concurrency) || concurrency < 1)
    throw new RangeError(`Expected concurrency to be a positive integer, got ${concurrency}`);
  signal?.throwIfAborted();
  // A separate agent: destroying it ends open requests, refuses new ones and closes idle connections.
  const dispatcher = new Agent();
  try {
    const pages = new Array<string>(ids.length);
    // All slots share one iterator, so a free slot takes the next id.
    const queue = ids.entries();
    const slot = async () => {
      for (const [index, id] of queue) pages[index] = await fetchPage(origin, id, { dispatcher, signal, timeout });
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, ids.length) }, slot));
    return pages;
  } finally {
    await dispatcher.destroy();
  }
}
