// @ts-check
/** @import { ElementTree } from './element.js' */
/** @import { Moment } from './moment.js' */
import { h } from './element.js';

/**
 * @param {string} name of the file
 * @param {string} text
 * @param {readonly string[]} lanes their names
 * @param {Moment} moment
 * @returns {ElementTree[]} the lines for a `pre`, each with its number and the lanes that were last seen there
 */
export function sourceLines(name, text, lanes, { lane, at, lines }) {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((content, index) => {
      const number = index + 1;
      const here = lanes.flatMap((_, each) => {
        const seen = lines[each];
        return seen?.file === name && seen.line === number ? [each] : [];
      });
      const isCurrent = at?.file === name && at.line === number;
      return h(
        'span',
        {
          class: `line${isCurrent ? ` current of-lane-${(lane ?? 0) % 4}` : ''}`,
          'aria-current': isCurrent ? 'step' : undefined,
        },
        h('span', { class: 'number' }, number),
        h(
          'span',
          { class: 'seen', 'aria-hidden': 'true' },
          here.map((each) => h('b', { class: `of-lane-${each % 4}` }, lanes[each] ?? '')),
        ),
        h('code', {}, content === '' ? ' ' : content),
      );
    });
}
