import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const commands = ['chromium', 'chromium-browser', 'google-chrome'];

/** @returns the path of a Chromium: what `$CHROMIUM` names, or else the first in `$PATH`; undefined if there is none */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const known = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return env['CHROMIUM'] ? env['CHROMIUM'] : known.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
