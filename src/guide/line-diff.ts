/** One line of a comparison: in both texts, only in the first, or only in the second. */
export interface DiffLine {
  readonly in: 'both' | 'first' | 'second';
  readonly text: string;
}

/**
 * Compares two texts line by line: a longest common subsequence, by the textbook's table (files here have some hundred lines).
 * @returns all lines, those of the first text before those of the second where they differ
 */
export function lineDiff(first: string, second: string): DiffLine[] {
  const a = lines(first);
  const b = lines(second);
  // common[i][j]: length of the longest common subsequence of a from i on and b from j on.
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = common[i] as Uint32Array;
    for (let j = b.length - 1; j >= 0; j--)
      row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const result: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      result.push({ in: 'both', text: a[i] as string });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1)))
      result.push({ in: 'first', text: a[i++] as string });
    else result.push({ in: 'second', text: b[j++] as string });
  }
  return result;
}

const lines = (text: string): string[] => text.replace(/\r?\n$/, '').split(/\r?\n/);
