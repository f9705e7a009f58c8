// @ts-check
/** @import { GameData, Goal, View } from '../page-data.ts' */
import { fill, markSteps, part, scrollPane } from '#src/drawing/browser/dom.js';
import { say } from './parts.js';
import { commandFor, countOf, lettersOf, reachedText, saidOf } from './play-text.js';
import { cellTrees, choiceTrees, drawingTree, sourceTrees } from './play-view.js';

/**
 * Shows a view in all parts of the page, and puts it into the address.
 * @param {View} shown
 * @param {string} program
 * @param {{ data: GameData, announcement: string, goal: Goal | undefined }} texts `announcement` is said first
 */
export function render(shown, program, { data, announcement, goal }) {
  const { schedule, steps, total } = shown;
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['lane'] : undefined;
  fill('choices', choiceTrees(shown));
  if (focused !== undefined) focusChoice(focused);
  fill('cells', cellTrees(shown));
  showSource(shown);
  fill('lanes', [drawingTree(shown)]);
  say('position', total === steps ? countOf(total, 'step') : `${steps} of ${countOf(total, 'step')}`);
  say('said', `${announcement} ${saidOf(shown)}`.trim());
  say('reached', reachedText(shown.reached, goal));
  markSteps(steps, total);
  const address = new URLSearchParams({ program, schedule, ...(steps === total ? {} : { steps: String(steps) }) });
  history.replaceState(null, '', `#${address}`);
  say('command', commandFor(data, program, schedule));
  const letters = lettersOf(shown);
  say('letters', letters);
  part('as-letters').hidden = letters === '';
  scroll();
}

/** A part that was hidden has not scrolled. */
export function scroll() {
  scrollPane(part('lanes'), '.current .box');
  scrollPane(part('source'), '.current, b');
}

/** @param {View} shown @param {string} [file] the one that the reader has chosen */
export function showSource(shown, file) {
  const source = sourceTrees(shown, file);
  fill('files', source.files);
  fill('source', source.lines);
  say('source-name', source.name);
  scrollPane(part('source'), '.current, b');
}

/** The button that had the focus has been replaced. @param {string} lane */
function focusChoice(lane) {
  const same = part('choices').querySelector(`[data-lane="${lane}"]`) ?? part('choices').querySelector('button');
  (same instanceof HTMLElement ? same : part('back')).focus();
}
