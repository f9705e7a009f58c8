import type { ShownTimeline } from '#src/interleave/index.ts';
import { h } from './browser/element.js';
import { momentAt } from './browser/moment.js';
import { timelineDrawing } from './browser/timeline-drawing.js';
import { toHtml } from './html.ts';
import { readText } from './inlined.ts';

/** Pixels around the drawing. */
const margin = 8;

const read = (name: string): string => readText(new URL(`browser/${name}`, import.meta.url));

/** @returns the rules for a timeline in one line, with the colors that they use */
function style(): string {
  const rules = read('timeline-drawing.css');
  const colors = read('colors.css').replace(/^ *--([\w-]+):.*\n/gm, (line, name: string) =>
    rules.includes(`var(--${name})`) ? line : '',
  );
  return `${colors}${rules}`.replace(/\s*\n\s*/g, '');
}

/**
 * A schedule as a picture that loads nothing, for light and dark pages.
 * @param title what it shows, in one sentence
 * @returns SVG
 */
export function timelineSvg(timeline: ShownTimeline, title: string): string {
  const { attributes, children } = timelineDrawing(timeline);
  const [width, height] = [Number(attributes['width']) + 2 * margin, Number(attributes['height']) + 2 * margin];
  const steps = [...timeline.rows.keys()].map((row) => momentAt(timeline, row + 1).sentence);
  const svg = h(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'timeline',
      role: 'img',
      'aria-labelledby': 'title desc',
      width,
      height,
      viewBox: `${-margin} ${-margin} ${width} ${height}`,
    },
    h('title', { id: 'title' }, title),
    h('desc', { id: 'desc' }, steps.join(' ')),
    h('style', {}, style()),
    h('rect', {
      class: 'ground',
      x: 0.5 - margin,
      y: 0.5 - margin,
      width: width - 1,
      height: height - 1,
      rx: 8,
    }),
    children,
  );
  // A group to a line, so that a change of the lesson is a readable difference.
  return `${toHtml(svg).replace(/<(g|line|title|desc|style|rect class="ground")\b/g, '\n<$1')}\n`;
}
