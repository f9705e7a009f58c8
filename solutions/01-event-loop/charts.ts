// Bars and strips of plain text, for 80 columns.
import { type Fire, interval } from './timer-watch.ts';

const width = 32;

/** From this lateness in milliseconds on, a cell of a strip has this height. */
const heights: readonly (readonly [number, string])[] = [
  [500, '█'],
  [100, '▅'],
  [20, '▃'],
];
const onTime = '▁';

/** Explains the heights of {@link strip}. */
export const legend = '▁ on time   ▃ over 20 ms late   ▅ over 100 ms   █ over 500 ms';

/** @returns a bar in proportion to `milliseconds`: `full` milliseconds fill 32 columns, and 40 are the end */
export const bar = (milliseconds: number, full: number): string =>
  milliseconds > full * 1.25 ? `${'█'.repeat(39)}▶` : '█'.repeat(Math.round((width * milliseconds) / full));

/**
 * Draws how late the timer is at each moment, from the first firing (left) to the last one (right). A timer that is
 * overdue gets later and later until it fires.
 * @returns 32 columns
 */
export function strip(fires: readonly Fire[]): string {
  const start = fires[0]?.time ?? 0;
  const cell = ((fires.at(-1)?.time ?? 0) - start) / width;
  return Array.from({ length: width }, (_, index) => {
    const [from, to] = [start + index * cell, start + (index + 1) * cell];
    const late = fires.slice(1).map(({ time }, before) => {
      const due = (fires[before]?.time ?? 0) + interval;
      return time < from ? 0 : Math.min(time, to) - due;
    });
    const latest = Math.max(0, ...late);
    return heights.find(([least]) => latest >= least)?.[1] ?? onTime;
  }).join('');
}
