// What the speed task compares with: it fetches pages and doesn't handle errors.
import { request } from 'undici';

/**
 * @param concurrency maximum number of pages that are fetched at the same time
 * @returns the texts in the order of `ids`
 */
export async function fetchPages(
  origin: string,
  ids: readonly number[],
  { concurrency = 1 }: { concurrency?: number } = {},
): Promise<string[]> {
  const pages: string[] = [];
  const queue = ids.entries();
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const [index, id] of queue)
        pages[index] = await request(`${origin}/post/${id}/`).then(({ body }) => body.text());
    }),
  );
  return pages;
}
