import { rmSync } from 'node:fs';
import { chmod, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { onEarlyEnd } from './early-end.ts';
import { isAlive } from './process-tree.ts';

export interface TemporaryFolder {
  /** Absolute, no symbolic link in it. */
  path: string;
  remove: () => Promise<void>;
}

const options = { recursive: true, force: true, maxRetries: 5 };
/** Containers may share a folder for temporary files, and count their processes apart. */
const machine = hostname().replaceAll(/\W/g, '').slice(0, 20);
let swept: Promise<void> | undefined;

/**
 * Makes a folder that is removed when this process ends, Ctrl-C included. What a killed process has left is removed by
 * the next one that makes such a folder.
 * @param prefix the beginning of its name: `kata-…`
 */
export async function temporaryFolder(prefix: `kata-${string}`): Promise<TemporaryFolder> {
  swept ??= sweep();
  await swept;
  const made = await realpath(await mkdtemp(join(tmpdir(), `${prefix}${machine}-${process.pid}-`)));
  const forget = onEarlyEnd(() => rmSync(made, options));
  return {
    path: made,
    remove: async () => {
      await rm(made, options).catch(async () => {
        await openUp(made);
        await rm(made, options);
      });
      forget();
    },
  };
}

/** Removes the folders of processes that have ended. */
async function sweep(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const pattern = new RegExp(`^kata-.*${machine}-(\\d+)-\\w{6}$`);
  await Promise.all(
    names.map(async (name) => {
      const [, pid] = pattern.exec(name) ?? [];
      // Another user's cannot be removed, and may be in use.
      if (pid !== undefined && !isAlive(Number(pid))) await rm(join(tmpdir(), name), options).catch(() => undefined);
    }),
  );
}

/** Student code may have taken all rights from folders that it could write to. Links are not followed. */
async function openUp(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory()) await openUp(join(folder, entry.name));
}
