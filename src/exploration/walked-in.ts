import type { ReplayReport } from '#src/interleave/index.ts';

/**
 * Looks for a thread that went on although another one holds the lock forever. A deadlock alone doesn't show that all
 * others sleep: the one who holds the lock waits, too.
 * @param holder name of the thread that is to hold the lock: once it does, it waits for `gate`, which nobody wakes
 * @param word name of what every thread changes once it is inside, such as `count`
 * @returns the row of the first step that changed the word after the holder's last one, if any did
 */
export function walkedIn({ timeline }: ReplayReport, holder: string, word: string) {
  if (timeline === undefined) return undefined;
  const { lanes, words, rows, initial } = timeline;
  const at = words.findIndex((name) => name === word || name.startsWith(`${word}[`));
  const last = rows.findLastIndex(({ lane }) => lanes[lane] === holder);
  // Still in lock() itself: whoever was in before it is no intruder.
  if (!/^gate\b/.test(rows[last]?.access?.word ?? '')) return undefined;
  const before = rows[last]?.values[at] ?? initial[at];
  return at < 0 ? undefined : rows.slice(last + 1).find(({ values }) => values[at] !== before);
}
