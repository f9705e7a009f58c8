import { h, type ElementTree } from '#src/drawing/browser/element.js';
import { selfContainedPage, steppingStyle } from '#src/drawing/index.ts';
import type { GameData } from './page-data.ts';

/** @returns HTML: a page that asks the server which it came from, and nobody else */
export function playPage(data: GameData): string {
  return selfContainedPage({
    title: data.title,
    data,
    asksItsServer: true,
    script: new URL('browser/page.js', import.meta.url),
    styles: [steppingStyle, new URL('browser/style.css', import.meta.url)],
    body: [
      h(
        'header',
        {},
        h('h1', {}, data.title),
        h(
          'p',
          { class: 'chooser' },
          h('label', { for: 'program' }, 'Program'),
          ' ',
          h('select', { id: 'program', autocomplete: 'off' }),
        ),
        h(
          'p',
          { class: 'lead' },
          'You are the scheduler. Press 1, 2, … to choose who takes the next step: one access to shared memory, or ' +
            'one awaited answer. Nothing else happens in between.',
        ),
        h('p', { id: 'goal', role: 'status' }, 'Loading your code …'),
      ),
      h('main', { id: 'game' }, now, panes, sharing),
    ],
  });
}

const button = (id: string, key: string, text: string) =>
  h('button', { type: 'button', id, 'aria-keyshortcuts': key }, text);

const now = h(
  'section',
  { class: 'now', 'aria-label': 'The next step' },
  h('div', { id: 'choices', hidden: true, role: 'group', 'aria-label': 'Who takes the next step', tabindex: -1 }),
  h(
    'div',
    { id: 'steps', hidden: true, role: 'group', 'aria-label': 'Steps' },
    button('first', 'Home', 'Start over'),
    button('back', 'ArrowLeft u Control+z', 'Undo'),
    button('next', 'ArrowRight r', 'Redo'),
    button('last', 'End', 'Redo all'),
    h('span', { id: 'position' }),
  ),
  h('p', { id: 'said', hidden: true, role: 'status' }),
  h('p', { id: 'reached', role: 'alert' }),
);

const pane = (id: string, element: 'pre' | 'div', ...above: ElementTree[]) =>
  h(
    'section',
    { 'aria-labelledby': `${id}-name` },
    above,
    h(element, { id, tabindex: 0, role: 'group', 'aria-labelledby': `${id}-name` }),
  );

const memory = h(
  'section',
  { 'aria-labelledby': 'memory-name' },
  h('h2', { id: 'memory-name' }, 'Memory'),
  h(
    'table',
    { id: 'memory', 'aria-labelledby': 'memory-name' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        h('th', { scope: 'col' }, 'Cell'),
        h('th', { scope: 'col' }, 'Value'),
        h('th', { scope: 'col' }, 'Last written by'),
      ),
    ),
    h('tbody', { id: 'cells' }),
  ),
);

const legend = h(
  'p',
  { class: 'keys' },
  'A, B, … at a line: the next step of that thread or task is there. ⇄ switches away from one that could go on. ' +
    'cas is Atomics.compareExchange: it writes only if it finds the first value.',
);

const panes = h(
  'div',
  { id: 'panes', class: 'panes', hidden: true },
  pane(
    'source',
    'pre',
    h('h2', { id: 'source-name' }, 'Source'),
    h('div', {}, h('div', { id: 'files', role: 'group', 'aria-label': 'Files' }), legend),
  ),
  h(
    'div',
    {},
    memory,
    pane(
      'lanes',
      'div',
      h(
        'div',
        { class: 'title' },
        h('h2', { id: 'lanes-name' }, 'Steps so far'),
        h('button', { type: 'button', id: 'rest', hidden: true }),
      ),
    ),
  ),
);

const sharing = h(
  'section',
  { id: 'sharing', hidden: true, 'aria-labelledby': 'sharing-name' },
  h('h2', { id: 'sharing-name' }, 'This schedule'),
  h(
    'p',
    {},
    'To share it, send this command to anybody who has this code. It opens at the start: press End to go to the last ' +
      'step.',
  ),
  h('p', {}, h('code', { id: 'command' }), ' ', h('button', { type: 'button', id: 'copy' }, 'Copy')),
  h(
    'p',
    { id: 'as-letters' },
    'As letters: ',
    h('code', { id: 'letters' }),
    ' ',
    h('button', { type: 'button', id: 'copy-letters', 'aria-label': 'Copy the letters' }, 'Copy'),
  ),
  h('p', {}, h('button', { type: 'button', id: 'show' }, 'Show me a schedule that fails')),
  h(
    'p',
    { class: 'keys' },
    'Keys: 1 to 9 let a thread take its next step, u or ← undoes one, r or → redoes one, Home starts over, End ' +
      'redoes all. A click on a step goes there.',
  ),
);
