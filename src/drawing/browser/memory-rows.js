// @ts-check
/** @import { ElementTree } from './element.js' */
/** @import { Moment } from './moment.js' */
import { h } from './element.js';

/**
 * @param {Moment} moment
 * @param {(at: number) => readonly ElementTree[]} [further] columns of the row of the cell with that index
 * @returns {ElementTree[]} a table row for each cell of memory: its name, and its value before and after the last step
 */
export const memoryRows = ({ cells }, further = () => []) =>
  cells.map(({ word, before, after }, at) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' }, word),
      before === after
        ? h('td', {}, after || '–')
        : h('td', { class: 'changed' }, h('s', {}, before || '–'), ' → ', h('b', {}, after || '–')),
      further(at),
    ),
  );
