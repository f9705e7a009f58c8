import { NotImplementedError } from '#shared/not-implemented.ts';

export interface FetchOptions {
  /** Maximum number of pages that are fetched at the same time, a positive integer. Default: 1. */
  concurrency?: number;
  /** Aborts all requests. The promise then rejects with the signal's reason, and all connections are closed. */
  signal?: AbortSignal;
  /** Time limit for each page in milliseconds. Default: 5000. */
  timeout?: number;
}

/**
 * Tasks 2 to 4. Fetches several pages.
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
  options: FetchOptions = {},
): Promise<string[]> {
  throw new NotImplementedError();
}
