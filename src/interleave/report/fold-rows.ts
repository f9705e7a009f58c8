/** A row to show, by its index, or how many rows are left out in its place. */
export type FoldedRow =
  | { readonly row: number }
  /** The `period` rows before come `times` more times, up to and with the row `last`. */
  | { readonly period: number; readonly times: number; readonly last: number }
  | { readonly gap: number };

/** The longest round that is looked for, in rows. */
const longestRound = 8;
/** Rows that folding must save. */
const worthwhile = 3;
/** Rows shown at both ends where a timeline is longer than their sum. */
const atEnds = 40;

/**
 * Folds rounds of the same rows, and cuts the middle of what is still too long.
 * @param keys the same for rows that look the same
 * @param isKept rows that must be shown
 */
export function foldRows(keys: readonly string[], isKept: (row: number) => boolean): FoldedRow[] {
  const folded: FoldedRow[] = [];
  for (let at = 0; at < keys.length;) {
    const { period, times } = roundsAt(keys, at, isKept);
    for (let row = at; row < at + period; row++) folded.push({ row });
    at += period * (1 + times);
    if (times > 0) folded.push({ period, times, last: at - 1 });
  }
  return cutMiddle(folded, isKept);
}

/** @returns the round that begins at a row and saves the most rows; a round of one row, no more times, if none does */
function roundsAt(keys: readonly string[], start: number, isKept: (row: number) => boolean) {
  let best = { period: 1, times: 0 };
  for (let period = 1; period <= longestRound; period++) {
    let end = start + period;
    while (end < keys.length && keys[end] === keys[end - period] && !isKept(end)) end++;
    const times = Math.floor((end - start) / period) - 1;
    if (times * period >= worthwhile && times * period > best.times * best.period) best = { period, times };
  }
  return best;
}

function cutMiddle(rows: readonly FoldedRow[], isKept: (row: number) => boolean): FoldedRow[] {
  if (rows.length <= 2 * atEnds) return [...rows];
  const cut: FoldedRow[] = [];
  let gap = 0;
  for (const [at, each] of rows.entries()) {
    if (at >= atEnds && at < rows.length - atEnds && !('row' in each && isKept(each.row))) gap++;
    else {
      if (gap > 0) cut.push({ gap });
      gap = 0;
      cut.push(each);
    }
  }
  return cut;
}
