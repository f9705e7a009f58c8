import { existsSync } from 'node:fs';
import type { Check } from '#src/suite/index.ts';

const player = new URL('../commands/play.ts', import.meta.url);

/**
 * @returns the words behind `kata` that play the schedule of a failed check; undefined where it has none, or where the
 *   course has no player
 */
export function playable(check: Check | undefined): string[] | undefined {
  const [, words] = /npm run kata (?:replay|play) (\S+ \S+ \S+)/.exec(check?.evidence ?? '') ?? [];
  return words !== undefined && existsSync(player) ? ['play', ...words.split(' ')] : undefined;
}
