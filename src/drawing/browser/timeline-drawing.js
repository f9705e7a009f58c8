// @ts-check
// A schedule as SVG. Its style is in timeline-drawing.css.
/** @import { ShownTimeline } from '#src/interleave/index.ts' */
/** @import { ElementTree } from './element.js' */
import { h } from './element.js';

/** Pixels: a character of the drawing's monospaced font, a row, the column of step numbers, the space around a text. */
const character = 7.25;
const rowHeight = 26;
const gutter = 52;
const padding = 9;
/** Characters of a step's text, and of a value. */
const longestText = 38;
const longestValue = 20;
/** Classes for lanes in the style sheet. */
const laneColors = 4;

/**
 * @param {ShownTimeline} timeline
 * @param {number} [current] index of the row to highlight; those after it are still to come. -1: all are
 * @param {number} [room] rows to leave empty at the end
 * @returns {ElementTree} a column for each lane with its steps from top to bottom, then places and values
 */
export function timelineDrawing(timeline, current, room = 0) {
  const { lanes, words, initial, rows } = timeline;
  const { columns, place, values, width } = layoutOf(timeline);
  const height = (rows.length + 2 + room) * rowHeight + 6;
  const heads = columns.flatMap(({ start, end }, lane) => [
    h('line', { class: 'lane', x1: middle(start, end), x2: middle(start, end), y1: rowHeight, y2: height - 6 }),
    text(middle(start, end), 0, lanes[lane] ?? '', longestText, { class: 'name', 'text-anchor': 'middle' }),
  ]);
  const cells = values.flatMap(({ end }, at) => [
    text(end - 4, 0, words[at] ?? '', longestValue, { class: 'name', 'text-anchor': 'end' }),
    text(end - 4, 1, initial[at] ?? '', longestValue, { class: 'value', 'text-anchor': 'end' }),
  ]);

  let previous = initial;
  let before = -1;
  const drawn = rows.map((row, index) => {
    const line = index + 2;
    const standing = current === undefined ? '' : index === current ? ' current' : index > current ? ' later' : '';
    const attributes = { class: `row${standing}` };
    if (!('lane' in row)) {
      before = -1;
      return h('g', attributes, text(gutter, line, `… ${row.leftOut} …`, 80, { class: 'left-out' }));
    }
    const column = columns[row.lane];
    if (!column) return undefined;
    const { start, end } = column;
    const y = line * rowHeight;
    const from = columns[before];
    const band = { x: 0, y: y + 1, width, height: rowHeight - 2, rx: 4 };
    const number = `${row.preempts ? '⇄ ' : ''}${row.step ?? '·'}${row.cause ? ' ►' : ''}`;
    const box = { x: start + 2, y: y + 3, width: end - start - 4, height: rowHeight - 6, rx: 4 };
    const known = previous;
    const group = h(
      'g',
      attributes,
      from && before !== row.lane
        ? h('path', {
            class: row.preempts ? 'switch preempts' : 'switch',
            d: `M${middle(from.start, from.end)} ${y - 3}V${y}H${middle(start, end)}V${y + 3}`,
          })
        : undefined,
      row.cause ? h('rect', { class: 'cause', ...band }) : undefined,
      current === undefined ? undefined : h('rect', { class: 'band', ...band }),
      text(gutter - 8, line, number, 12, { class: 'step', 'text-anchor': 'end' }),
      h('rect', { class: `box lane-${row.lane % laneColors}`, ...box }),
      text(start + padding, line, row.text, longestText, { class: 'op' }),
      place && row.place ? text(place.start + 10, line, row.place, 40, { class: 'place' }) : undefined,
      values.map((value, at) => {
        const shown = row.values[at] ?? '';
        const isNew = shown !== known[at];
        const style = { class: isNew ? 'value new' : 'value', 'text-anchor': 'end' };
        return text(value.end - 4, line, shown, longestValue, style);
      }),
    );
    previous = row.values;
    before = row.lane;
    return group;
  });
  const steps = rows.filter((row) => 'lane' in row).length;
  const label = `A schedule of ${steps} steps in the lanes ${lanes.join(', ')}. Its text follows.`;
  return h(
    'svg',
    { class: 'timeline', role: 'img', 'aria-label': label, width, height, viewBox: `0 0 ${width} ${height}` },
    heads,
    cells,
    drawn,
  );
}

/**
 * @param {ShownTimeline} timeline
 * @returns where each lane, the places and each value begin and end, in pixels
 */
function layoutOf({ lanes, words, initial, rows }) {
  const steps = rows.flatMap((row) => ('lane' in row ? [row] : []));
  /** @param {readonly string[]} texts @param {number} most */
  const widthOf = (texts, most) => Math.min(most, Math.max(...texts.map((text) => text.length))) * character;
  const columns = columnsFrom(
    gutter,
    lanes.map(
      (name, lane) =>
        2 * padding + widthOf([name, ...steps.filter((row) => row.lane === lane).map(({ text }) => text)], longestText),
    ),
  );
  const places = steps.map(({ place = '' }) => place);
  const [place] = columnsFrom(endOf(columns), places.some((text) => text !== '') ? [widthOf(places, 40) + 14] : []);
  const values = columnsFrom(
    place ? place.end : endOf(columns),
    words.map(
      (word, at) => 18 + widthOf([word, initial[at] ?? '', ...steps.map((row) => row.values[at] ?? '')], longestValue),
    ),
  );
  const width = Math.ceil((values.at(-1) ?? place ?? columns.at(-1) ?? { end: gutter }).end) + 4;
  return { columns, place, values, width };
}

/**
 * @param {number} left
 * @param {readonly number[]} widths
 */
function columnsFrom(left, widths) {
  let end = left;
  return widths.map((width) => ({ start: end, end: (end += width) }));
}

/** @param {readonly { end: number }[]} columns */
const endOf = (columns) => columns.at(-1)?.end ?? gutter;

/** @param {number} start @param {number} end */
const middle = (start, end) => Math.round((start + end) / 2);

/**
 * @param {number} x
 * @param {number} line
 * @param {string} content
 * @param {number} most characters
 * @param {import('./element.js').Attributes} attributes
 * @returns {ElementTree} one line of text; what is too long is cut, and whole in a tooltip
 */
function text(x, line, content, most, attributes) {
  const isLong = content.length > most;
  return h(
    'text',
    { x, y: line * rowHeight + 17, ...attributes },
    isLong ? [h('title', {}, content), `${content.slice(0, most - 1)}…`] : content,
  );
}
