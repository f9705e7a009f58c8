import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * Plays a schedule on the terminal, which must be free.
 * @param root the course's folder, absolute
 * @param words behind `kata`
 * @returns once the player has ended
 */
export async function playSchedule(root: string, words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'src/cli/kata.js'), ...words], { cwd: root, stdio: 'inherit' });
  await once(child, 'exit');
}
