import { request, type Dispatcher } from 'undici';
import { PageError } from './page-error.ts';

export interface PageOptions {
  /** Aborts the request. The promise then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Time limit for this page in milliseconds, from the call to the last byte. Default: 5000. */
  timeout?: number | undefined;
  /** Connections to use. Default: undici's global agent. */
  dispatcher?: Dispatcher | undefined;
}

/**
 * Fetches one page.
 * @param origin origin of the server, such as `http://127.0.0.1:8080`
 * @param id number of the page
 * @returns the text of `<origin>/post/<id>/`
 * @throws {PageError} if the page can't be fetched; after an abort, `signal.reason`
 */
export async function fetchPage(
  origin: string,
  id: number,
  { signal, timeout = 5_000, dispatcher }: PageOptions = {},
): Promise<string> {
  // undici overlooks an abort whose reason is falsy, such as 0, where it came before the request.
  signal?.throwIfAborted();
  const timer = AbortSignal.timeout(timeout);
  try {
    const { statusCode, body } = await request(`${origin}/post/${id}/`, {
      signal: signal ? AbortSignal.any([signal, timer]) : timer,
      ...(dispatcher && { dispatcher }),
    });
    if (statusCode === 200) return await body.text();
    // An unread body would keep the connection busy.
    await body.dump();
    throw new PageError(id, 'status', `the server answered with status ${statusCode}`);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof PageError) throw error;
    if (timer.aborted)
      throw new PageError(id, 'timeout', `the answer was not complete after ${timeout} ms`, { cause: error });
    throw new PageError(id, 'connection', `the server hung up or could not be reached (${(error as Error).message})`, {
      cause: error,
    });
  }
}
