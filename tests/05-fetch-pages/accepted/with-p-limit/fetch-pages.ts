import pLimit from 'p-limit';
import { Agent } from 'undici';
import { fetchPage } from './fetch-page.ts';

export interface FetchOptions {
  concurrency?: number;
  signal?: AbortSignal;
  timeout?: number;
}

export async function fetchPages(
  origin: string,
  ids: readonly number[],
  { concurrency = 1, signal, timeout }: FetchOptions = {},
): Promise<string[]> {
  if (!Number.isInteger(concurrency) || concurrency < 1) throw new RangeError(`concurrency ${concurrency}`);
  if (signal?.aborted) throw signal.reason;
  const limit = pLimit(concurrency);
  const agent = new Agent();
  try {
    return await Promise.all(
      ids.map((id) => limit(() => fetchPage(origin, id, { dispatcher: agent, signal, timeout }))),
    );
  } finally {
    limit.clearQueue();
    await agent.destroy();
  }
}
