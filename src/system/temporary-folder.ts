import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onEarlyEnd } from './early-end.ts';

export interface TemporaryFolder {
  /** Absolute, no symbolic link in it. */
  path: string;
  remove: () => Promise<void>;
}

/**
 * Makes a folder that is removed when this process ends, at the latest; Ctrl-C included.
 * @param prefix the beginning of its name
 */
export async function temporaryFolder(prefix: string): Promise<TemporaryFolder> {
  const made = await realpath(await mkdtemp(join(tmpdir(), prefix)));
  const options = { recursive: true, force: true, maxRetries: 5 };
  const forget = onEarlyEnd(() => rmSync(made, options));
  return {
    path: made,
    remove: async () => {
      await rm(made, options);
      forget();
    },
  };
}
