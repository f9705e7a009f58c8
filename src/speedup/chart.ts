/** One bar of a chart: a duration, and optionally how many times as fast as the first bar it is. */
export interface Bar {
  readonly label: string;
  readonly milliseconds: number;
  readonly speedup?: number;
}

/** Eighths of a character cell, for the last cell of a bar. */
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * @param bars at least one
 * @param width character cells of the longest bar
 * @returns a line per bar: label, bar, seconds, factor
 * @example
 * sequential ████████████████████ 1.62 s
 * yours      ███████████████████▌ 1.58 s  1.03×
 */
export function barChart(bars: readonly Bar[], width = 20): string {
  const longest = Math.max(...bars.map(({ milliseconds }) => milliseconds));
  const labelWidth = Math.max(...bars.map(({ label }) => label.length));
  return bars
    .map(({ label, milliseconds, speedup }) => {
      const cells = Math.round((milliseconds / longest) * width * 8);
      const bar = '█'.repeat(Math.floor(cells / 8)) + eighths[cells % 8];
      const factor = speedup === undefined ? '' : `  ${speedup.toFixed(2)}×`;
      return `${label.padEnd(labelWidth)} ${bar.padEnd(width)} ${(milliseconds / 1000).toFixed(2)} s${factor}`;
    })
    .join('\n');
}
