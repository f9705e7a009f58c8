// @ts-check
// What the page shows where a schedule stands.
/** @import { ElementTree, Tree } from '#src/drawing/browser/element.js' */
/** @import { PlayProgram, View } from '../page-data.ts' */
import { h } from '#src/drawing/browser/element.js';
import { memoryRows } from '#src/drawing/browser/memory-rows.js';
import { momentAt } from '#src/drawing/browser/moment.js';
import { sourceLines } from '#src/drawing/browser/source-view.js';
import { timelineDrawing } from '#src/drawing/browser/timeline-drawing.js';
import { standing } from './play-text.js';

/** Classes for lanes in the style sheet. */
const colors = 4;

/**
 * @param {readonly PlayProgram[]} programs
 * @param {readonly string[]} tasks their titles
 * @returns {ElementTree[]} the list's options, in a group for each task
 */
export function programTrees(programs, tasks) {
  /** @param {number | undefined} task */
  const optionsOf = (task) =>
    programs.flatMap((each) =>
      each.task === task ? [h('option', { value: each.name }, `${each.name}: ${each.sentence}`)] : [],
    );
  const groups = tasks.flatMap((title, at) => {
    const options = optionsOf(at + 1);
    return options.length === 0 ? [] : [h('optgroup', { label: `Task ${at + 1}: ${title}` }, options)];
  });
  return [...groups, ...optionsOf(undefined)];
}

/**
 * @param {Pick<View, 'choices' | 'lanes'>} view
 * @returns {number[]} the key of each choice: that of a lane never changes, and what else a lane could do comes after
 * the last lane
 */
export function keysOf({ choices, lanes }) {
  let further = lanes.length;
  return choices.map(({ lane }, at) => (lane === choices[at - 1]?.lane ? ++further : lane + 1));
}

/**
 * @param {View} view
 * @returns {ElementTree[]} a button for each step that can be chosen, and a line for each lane that can't run
 */
export function choiceTrees({ choices, lanes }) {
  const keys = keysOf({ choices, lanes });
  return lanes.flatMap((lane, at) => {
    const mine = choices.flatMap((choice, index) =>
      choice.lane === at ? [{ ...choice, index, key: keys[index] ?? 10 }] : [],
    );
    if (mine.length === 0)
      return [
        h('p', { class: `waits of-lane-${at % colors}` }, h('b', {}, lane.name), ' ', h('span', {}, standing(lane))),
      ];
    return mine.map(({ text, preempts, index, key }) =>
      h(
        'button',
        {
          type: 'button',
          class: `choice of-lane-${at % colors}`,
          'data-choice': index,
          'data-lane': at,
          'aria-keyshortcuts': key < 10 ? String(key) : undefined,
        },
        h('kbd', { 'aria-hidden': 'true' }, key < 10 ? String(key) : ''),
        h('b', {}, lane.name),
        ' ',
        h('code', {}, text),
        preempts ? h('small', {}, ' ⇄ switches') : '',
      ),
    );
  });
}

/**
 * @param {View} view
 * @returns {ElementTree[]} the rows of the memory's table
 */
export function cellTrees({ timeline, rows, writers }) {
  return memoryRows(momentAt(timeline, rows), (at) => [h('td', {}, writers[at] ?? '–')]);
}

/**
 * Rows by which a long drawing grows: whenever its height changes, the browser lays out every row, which takes longer
 * than the step itself.
 */
const growth = 20;

/** @param {View} view */
export function drawingTree({ timeline, rows, files }) {
  const { length } = timeline.rows;
  const room = length > growth ? growth - (length % growth) : 0;
  if (Object.keys(files).length > 1) return timelineDrawing(timeline, rows - 1, room);
  // The source beside it names the file.
  const short = timeline.rows.map((row) =>
    'place' in row && row.place !== undefined ? { ...row, place: row.place.replace(/^.*:/, ':') } : row,
  );
  return timelineDrawing({ ...timeline, rows: short }, rows - 1, room);
}

/**
 * @param {View} view
 * @param {string} [wanted] the file to show; by default that of the last step
 * @returns {{ name: string, lines: Tree[], files: ElementTree[] }} the lines, with that of each lane's next step, and a
 * button for each file where there are several
 */
export function sourceTrees({ timeline, rows, lanes, files }, wanted) {
  const moment = momentAt(timeline, rows);
  const lines = lanes.map(({ at }) => at);
  const found = [moment.at, ...lines].find((place) => place && Object.hasOwn(files, place.file))?.file;
  const name = wanted !== undefined && Object.hasOwn(files, wanted) ? wanted : found;
  if (name === undefined) return { name: 'Source', lines: ['The place of the next step is not known.'], files: [] };
  const all = Object.keys(files);
  const names = lanes.map((lane) => lane.name);
  return {
    name,
    lines: sourceLines(name, files[name] ?? '', names, { ...moment, lines }),
    files:
      all.length < 2
        ? []
        : all.map((file) => h('button', { type: 'button', 'aria-pressed': String(file === name) }, file)),
  };
}
