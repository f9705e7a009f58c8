import { request, type Dispatcher } from 'undici';
import { PageError } from './page-error.ts';

export interface PageOptions {
  /** Aborting it rejects with its reason and closes the connection. */
  signal?: AbortSignal | undefined;
  /** Milliseconds from the call to the last byte; 5000 without it. */
  timeout?: number | undefined;
  /** The connections to use; undici's global ones without it. */
  dispatcher?: Dispatcher | undefined;
}

/**
 * @param origin of the server, `http://127.0.0.1:8080`
 * @param id number of the page
 * @returns the text of `<origin>/post/<id>/`
 * @throws {PageError} when the page does not come; `signal.reason` after an abort
 */
export async function fetchPage(
  origin: string,
  id: number,
  { signal, timeout = 5_000, dispatcher }: PageOptions = {},
): Promise<string> {
  const timer = AbortSignal.timeout(timeout);
  try {
    const { statusCode, body } = await request(`${origin}/post/${id}/`, {
      signal: signal ? AbortSignal.any([signal, timer]) : timer,
      ...(dispatcher && { dispatcher }),
    });
    void statusCode;
    return await body.text();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof PageError) throw error;
    if (timer.aborted) throw new PageError(id, 'timeout', `no complete answer within ${timeout} ms`, { cause: error });
    throw new PageError(id, 'connection', `the server hung up or could not be reached (${(error as Error).message})`, {
      cause: error,
    });
  }
}
