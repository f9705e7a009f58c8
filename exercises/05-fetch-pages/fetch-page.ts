import { NotImplementedError } from '#shared/not-implemented.ts';

export interface PageOptions {
  /** Aborts the request. The promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Time limit for this page in milliseconds, from the call to the last byte. Default: 5000. */
  timeout?: number | undefined;
}

/**
 * Task 1. Fetches one page.
 * @param origin origin of the server, such as `http://127.0.0.1:8080`
 * @param id number of the page
 * @returns the text of `<origin>/post/<id>/`
 * @throws {PageError} if the page can't be fetched; after an abort, `signal.reason`
 */
export async function fetchPage(origin: string, id: number, options: PageOptions = {}): Promise<string> {
  throw new NotImplementedError();
}
