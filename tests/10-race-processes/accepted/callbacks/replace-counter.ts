import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { type Files, nodeFiles } from './files.ts';

export async function replaceCounter(path: string, count: number, files: Files = nodeFiles): Promise<void> {
  if (!(Number.isSafeInteger(count) && count >= 0)) throw new RangeError(`no count: ${count}`);
  const temporary = join(dirname(path), `.${basename(path)}-${randomBytes(9).toString('base64url')}`);
  let renamed = false;
  try {
    await files.writeFile(temporary, count.toFixed());
    await files.rename(temporary, path);
    renamed = true;
  } finally {
    if (!renamed) await files.unlink(temporary).catch(() => {});
  }
}
