import { Agent } from 'undici';
import { fetchPage } from './fetch-page.ts';

export interface FetchOptions {
  /** Most pages under way at a time, a whole number from 1; 1 without it. */
  concurrency?: number;
  /** Aborting it rejects with its reason and closes all connections. */
  signal?: AbortSignal;
  /** Milliseconds that one page may take; 5000 without it. */
  timeout?: number;
}

/**
 * @param origin of the server, `http://127.0.0.1:8080`
 * @param ids numbers of the pages; one may occur twice
 * @returns the texts in the order of `ids`
 * @throws the first error in time of a page; nothing is asked for after it and no connection stays open. `signal.reason` after an abort, RangeError for a bad concurrency
 */
export async function fetchPages(
  origin: string,
  ids: readonly number[],
  { concurrency = 1, signal, timeout }: FetchOptions = {},
): Promise<string[]> {
  if (!Number.isSafeInteger(concurrency) || concurrency < 1)
    throw new RangeError(`concurrency must be a whole number from 1, got ${concurrency}`);
  signal?.throwIfAborted();
  // Connections of its own: to destroy them ends what is under way, refuses what would follow and leaves no idle socket behind.
  const dispatcher = new Agent();
  try {
    const pages = new Array<string>(ids.length);
    // One iterator for all slots: whoever is free takes the next id.
    const queue = ids.entries();
    const slot = async () => {
      for (const [index, id] of queue) {
        signal?.throwIfAborted();
        pages[index] = await fetchPage(origin, id, { dispatcher, timeout });
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, ids.length) }, slot));
    return pages;
  } finally {
    await dispatcher.destroy();
  }
}
