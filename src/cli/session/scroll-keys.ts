import type { Key } from './keys.ts';
import type { Extent } from './screen.ts';

/** @returns how many rows are scrolled away after a key; undefined where it does not scroll */
export function scrolledTo(key: Key, scroll: number, { page, end }: Extent): number | undefined {
  const at = Math.min(scroll, end);
  // One row stays in sight, so that the eye finds where it was.
  const most = Math.max(1, page - 1);
  const places: Partial<Record<Key, number>> = {
    ...{ up: at - 1, k: at - 1, down: at + 1, j: at + 1, home: 0, end, g: 0, G: end },
    ...{ pageup: at - most, b: at - most, pagedown: at + most, space: at + most },
  };
  const wanted = places[key];
  return wanted === undefined ? undefined : Math.max(0, Math.min(end, wanted));
}
