// @ts-check
// What is known of a schedule after some of its rows.
/** @import { ShownTimeline } from '#src/interleave/index.ts' */

/**
 * @typedef {object} SourceLine
 * @property {string} file the name alone; empty where it is not known
 * @property {number} line from 1
 */

/**
 * @typedef {object} Moment
 * @property {number | undefined} lane the one that took the last row
 * @property {SourceLine | undefined} at the source line of the last row
 * @property {(SourceLine | undefined)[]} lines for each lane the line where it was last seen
 * @property {{ word: string, before: string, after: string }[]} cells what the last row found and left
 * @property {string} sentence all of this, for a reader who sees no drawing
 */

/**
 * @param {ShownTimeline} timeline
 * @param {number} position how many rows have happened; 0 is before the first step
 * @returns {Moment}
 */
export function momentAt(timeline, position) {
  const { lanes, words, initial, rows, file } = timeline;
  const last = rows[position - 1];
  const happened = rows.slice(0, position).flatMap((row) => ('lane' in row ? [row] : []));
  const after = happened.at(-1)?.values ?? initial;
  const before = last && 'lane' in last ? (happened.at(-2)?.values ?? initial) : after;
  const cells = words.map((word, at) => ({ word, before: before[at] ?? '', after: after[at] ?? '' }));
  const lines = lanes.map((_, lane) =>
    sourceLine(happened.findLast((row) => row.lane === lane && row.place !== undefined)?.place, file),
  );
  if (last === undefined) {
    const values = cells.map(({ word, after }) => `${word} is ${after === '' ? 'empty' : after}`);
    const sentence = ['Before the first step', ...(values.length > 0 ? [values.join(', ')] : [])].join(': ');
    return { lane: undefined, at: undefined, lines, cells, sentence: `${sentence}.` };
  }
  if (!('lane' in last))
    return { lane: undefined, at: undefined, lines, cells, sentence: `Not shown: ${last.leftOut}.` };
  const at = sourceLine(last.place, file);
  const who = `${last.step === undefined ? '' : `Step ${last.step}, `}${lanes[last.lane] ?? ''}`;
  const where = at ? ` (${at.file === '' ? 'line ' : `${at.file}:`}${at.line})` : '';
  const changes = cells
    .filter((cell) => cell.before !== cell.after)
    .map((cell) => `${cell.word}: ${cell.before || 'empty'} → ${cell.after || 'empty'}`);
  const sentence = [
    `${who}: ${last.text}${where}.`,
    ...(changes.length > 0 ? [`${changes.join(', ')}.`] : []),
    ...(last.preempts ? ['The thread or task before it could have gone on.'] : []),
    ...(last.cause ? ['This is the step to look at.'] : []),
  ].join(' ');
  return { lane: last.lane, at, lines, cells, sentence };
}

/**
 * @param {string | undefined} place `mutex.ts:12`, or `:12`
 * @param {string} [file] the file of a place that names none
 * @returns {SourceLine | undefined}
 */
export function sourceLine(place, file = '') {
  const [, name, line] = /^(.*):(\d+)$/.exec(place ?? '') ?? [];
  return line === undefined ? undefined : { file: name || file, line: Number(line) };
}
