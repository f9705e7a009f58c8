// @ts-check
// What the page shows of one check, at one step of its schedule.
/** @import { ElementTree } from '#src/drawing/browser/element.js' */
/** @import { PageCheck, PageData } from '../page-data.ts' */
import { h } from '#src/drawing/browser/element.js';
import { memoryRows } from '#src/drawing/browser/memory-rows.js';
import { momentAt, sourceLine } from '#src/drawing/browser/moment.js';
import { sourceLines } from '#src/drawing/browser/source-view.js';

/**
 * @param {PageCheck} check
 * @returns {ElementTree[]} what went wrong
 */
export const aboutTrees = ({ id, title, verdict, sentence, place, misconception, timeline }) => [
  h('p', { class: 'check-title' }, h('b', { class: 'verdict' }, verdict), ` · ${id} ${title}`),
  h('p', { class: 'sentence' }, sentence),
  ...(place === undefined ? [] : [h('p', { class: 'place' }, h('code', {}, place))]),
  ...(misconception === undefined
    ? []
    : [
        h('p', { class: 'misconception' }, h('strong', {}, 'This looks like a common mistake: '), `"${misconception}"`),
      ]),
  ...(timeline
    ? []
    : [h('p', { class: 'keys' }, 'This check failed without a schedule, so there are no steps to go through.')]),
];

/**
 * @param {PageCheck} check
 * @returns {ElementTree[]} the same as text, as a terminal shows it
 */
export const evidenceTrees = ({ evidence, timeline }) => {
  if (evidence === undefined) return [];
  const text = h('pre', { tabindex: 0, role: 'group', 'aria-label': 'Evidence as text' }, evidence);
  return [timeline ? h('details', {}, h('summary', {}, 'Evidence as text'), text) : text];
};

/**
 * What stands in the parts of the player at a step.
 * @param {PageCheck} check one with a timeline
 * @param {PageData['files']} files
 * @param {number} position how many rows have happened
 */
export function stepTrees({ timeline, sentence }, files, position) {
  if (!timeline) throw new Error('A check without a schedule has no steps.');
  const moment = momentAt(timeline, position);
  const isEnd = position === timeline.rows.length;
  const name = fileAt(timeline, files, position);
  return {
    said: isEnd ? `${moment.sentence} The end: ${sentence}` : moment.sentence,
    position: `${position} of ${timeline.rows.length}`,
    cells: memoryRows(moment),
    name,
    source: name === undefined ? [] : sourceLines(name, files[name] ?? '', timeline.lanes, moment),
  };
}

/**
 * @param {NonNullable<PageCheck['timeline']>} timeline
 * @param {PageData['files']} files
 * @param {number} position
 * @returns {string | undefined} the file of the last place so far; before the first one, the file of that
 */
function fileAt(timeline, files, position) {
  const found = timeline.rows.flatMap((each, row) => {
    const at = 'lane' in each ? sourceLine(each.place, timeline.file) : undefined;
    return at && Object.hasOwn(files, at.file) ? [{ row, file: at.file }] : [];
  });
  return (found.findLast(({ row }) => row < position) ?? found[0])?.file;
}
