// @ts-check
// A speed chart as SVG. Its style is in bar-drawing.css.
/** @import { ElementTree } from './element.js' */
import { h } from './element.js';

/**
 * A bar of a speed chart.
 * @typedef {object} Bar
 * @property {string} label
 * @property {number} seconds
 * @property {number} [speedup]
 */

/** Pixels from one bar to the next: a line of text and the bar below it. */
const barPitch = 40;

/**
 * @param {readonly Bar[]} bars
 * @returns {ElementTree} the bars below each other, each with its figures, as wide as there is room
 */
export function barDrawing(bars) {
  const longest = Math.max(...bars.map(({ seconds }) => seconds), Number.MIN_VALUE);
  const figures = bars.map(
    ({ seconds, speedup }) => `${seconds.toFixed(2)} s${speedup === undefined ? '' : `, ${speedup.toFixed(2)}×`}`,
  );
  const label = bars.map((bar, at) => `${bar.label}: ${figures[at]}`).join('; ');
  return h(
    'svg',
    { class: 'bars', role: 'img', 'aria-label': label, width: '100%', height: bars.length * barPitch },
    bars.map((bar, at) => [
      h('text', { x: 0, y: at * barPitch + 15 }, bar.label),
      h('text', { x: '100%', y: at * barPitch + 15, 'text-anchor': 'end', class: 'figure' }, figures[at]),
      h('rect', { x: 0, y: at * barPitch + 22, width: '100%', height: 8, rx: 4, class: 'track' }),
      h('rect', {
        x: 0,
        y: at * barPitch + 22,
        width: `${Math.max(0.5, (100 * bar.seconds) / longest).toFixed(1)}%`,
        height: 8,
        rx: 4,
        class: at === 0 ? 'bar first' : 'bar',
      }),
    ]),
  );
}
