import { fetch, type Dispatcher } from 'undici';
import { PageError } from './page-error.ts';

export interface PageOptions {
  signal?: AbortSignal | undefined;
  timeout?: number | undefined;
  dispatcher?: Dispatcher | undefined;
}

export async function fetchPage(
  origin: string,
  id: number,
  { signal, timeout = 5000, dispatcher }: PageOptions = {},
): Promise<string> {
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort);
  const timer = setTimeout(() => stop.abort(new PageError(id, 'timeout', 'too slow')), timeout);
  try {
    const response = await fetch(new URL(`/post/${id}/`, origin), {
      signal: stop.signal,
      ...(dispatcher ? { dispatcher } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new PageError(id, 'status', String(response.status));
    return text;
  } catch (error) {
    if (stop.signal.aborted) throw stop.signal.reason;
    throw error instanceof PageError
      ? error
      : new PageError(id, 'connection', 'no connection, or one that was cut', { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}
