// What the speed task measures against: plain, and without the care for errors that the student's has.
import { request } from 'undici';

/**
 * @param concurrency pages under way at a time
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
