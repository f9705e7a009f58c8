import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * @param folder absolute
 * @returns every regular file below a folder, as paths from it with forward slashes, sorted; links are not followed.
 *   None where there is no such folder
 * @throws the system's error
 */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'))
    .sort();
}
