import { constants } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes. No source file is that large, and a larger one would only fill the grader's disk. */
export const largestFile = 1 << 20;

/**
 * Reads a file without following a symbolic link anywhere below `base`. Each part of its path may differ in case from
 * what is there, as on a system that doesn't tell the two apart.
 * @returns its content with the line endings of Unix, which mean the same; nothing when it is not there; or the reason
 *   why it is not read
 */
export async function readSubmitted(base: string, file: string): Promise<Buffer | string | undefined> {
  const parts = file.split(/[/\\]/);
  let path = base;
  for (const [at, part] of parts.entries()) {
    const isLast = at === parts.length - 1;
    const names = await namesLike(path, part);
    const [name] = names;
    if (name === undefined) return undefined;
    if (names.length > 1) return `${names.join(' and ')} differ in case only`;
    path = join(path, name);
    const found = await lstat(path).catch(unreadable);
    if (typeof found === 'string') return found;
    if (found.isSymbolicLink()) return isLast ? 'it is a symbolic link' : 'its folder is a symbolic link';
    if (!isLast) continue;
    if (!found.isFile()) return found.isDirectory() ? 'it is a folder' : 'it is not a regular file';
    if (found.size > largestFile) return `it has ${found.size} bytes, more than ${largestFile}`;
  }
  return readRegular(path);
}

/** @returns the folder of that name, whose case may differ; nothing where there is none, or it is a link */
export async function findFolder(base: string, name: string): Promise<string | undefined> {
  const [only, ...others] = await namesLike(base, name);
  if (only === undefined || others.length > 0) return undefined;
  const path = join(base, only);
  return lstat(path).then(
    (found) => (found.isDirectory() ? path : undefined),
    () => undefined,
  );
}

/** @returns `name` if `folder` has it, or else the names in it that differ from `name` in case only, sorted */
async function namesLike(folder: string, name: string): Promise<string[]> {
  const missing = await lstat(join(folder, name)).then(
    () => false,
    ({ code }: NodeJS.ErrnoException) => code === 'ENOENT',
  );
  if (!missing) return [name];
  const names = await readdir(folder).catch(() => []);
  return names.filter((each) => each.toLowerCase() === name.toLowerCase()).sort();
}

async function readRegular(path: string): Promise<Buffer | string> {
  // The file may be replaced between lstat and open, so the open file is checked again.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(path, flags).catch(unreadable);
  if (typeof handle === 'string') return handle;
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > largestFile) return 'it changed while it was read';
    const content = await handle.readFile().catch(unreadable);
    return typeof content === 'string' ? content : withUnixLines(content);
  } finally {
    await handle.close();
  }
}

const unreadable = (error: NodeJS.ErrnoException): string => `it cannot be read (${error.code ?? error.message})`;

/** Byte by byte, so that a file that is no UTF-8 stays what it is. */
const withUnixLines = (content: Buffer): Buffer =>
  content.includes('\r\n') ? Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1') : content;
