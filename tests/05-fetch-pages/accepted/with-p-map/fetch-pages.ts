import pMap from 'p-map';
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
  if (!(concurrency >= 1 && Number.isInteger(concurrency))) throw new RangeError('concurrency');
  const agent = new Agent();
  try {
    return await pMap(ids, (id) => fetchPage(origin, id, { dispatcher: agent, signal, timeout }), {
      concurrency,
      ...(signal && { signal }),
    });
  } finally {
    await agent.destroy();
  }
}
