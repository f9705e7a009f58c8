import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow } from '#src/system/index.ts';

/** @returns every file below a folder, with its text */
export async function contentOf(folder: string): Promise<Record<string, string>> {
  const files = await filesBelow(folder);
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')]));
  return Object.fromEntries(texts) as Record<string, string>;
}
