import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Check } from '#src/suite/index.ts';
import { onEarlyEnd } from '#src/system/index.ts';

/** @returns the words behind `kata` that play the schedule of a failed check; undefined where it has none */
export function playable(check: Check | undefined): string[] | undefined {
  const [, words] = /npm run kata (?:replay|play) (\S+ \S+ \S+)/.exec(check?.evidence ?? '') ?? [];
  return words === undefined ? undefined : ['play', ...words.split(' ')];
}

/** A schedule that is being played on a page. */
export interface Player {
  /** What the command says of it: a title, and the address of the page. */
  readonly sentence: string;
  close(): void;
}

/**
 * Starts the command that plays a schedule on a page, beside the session.
 * @param root the course's folder, absolute
 * @param words behind `kata`
 * @returns once the page can be opened, or the command has ended with the sentence why
 */
export async function startPlayer(root: string, words: readonly string[]): Promise<Player> {
  const program = [join(root, 'src/cli/kata.js'), ...words];
  const child = spawn(process.execPath, program, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const forget = onEarlyEnd(() => void child.kill());
  child.once('exit', forget);
  const said = [child.stdout, child.stderr].map((stream) => once(createInterface({ input: stream }), 'line'));
  const [sentence] = (await Promise.race([...said, once(child, 'exit').then(() => ['The player has ended.'])])) as [
    string,
  ];
  return { sentence, close: () => void child.kill('SIGINT') };
}
