// @ts-check
// The script of the page: steps through the schedule of a check.
/** @import { PageData } from '../page-data.ts' */
import { fill, markSteps, offerRest, part, scrollPane } from '#src/drawing/browser/dom.js';
import { timelineDrawing } from '#src/drawing/browser/timeline-drawing.js';
import { aboutTrees, evidenceTrees, stepTrees } from './check-view.js';

/** @type {unknown} */
const parsed = JSON.parse(part('data').textContent ?? '');
const { checks, files } = /** @type {PageData} */ (parsed);
const chooser = /** @type {HTMLSelectElement | null} */ (document.querySelector('#check'));
let shown = Number(chooser?.value ?? 0);
let position = 0;

const lastPosition = () => checks[shown]?.timeline?.rows.length ?? 0;

/** @param {number} wanted */
function goTo(wanted) {
  const check = checks[shown];
  if (!check?.timeline) return;
  position = Math.min(Math.max(wanted, 0), lastPosition());
  const trees = stepTrees(check, files, position);
  fill('cells', trees.cells);
  fill('source', trees.source);
  fill('lanes', [timelineDrawing(check.timeline, position - 1)]);
  part('source-name').textContent = trees.name ?? '';
  part('position').textContent = trees.position;
  part('said').textContent = trees.said;
  const cause = causePosition();
  part('to-cause').hidden = cause === undefined;
  part('memory').hidden = trees.cells.length === 0;
  part('to-cause').setAttribute('aria-disabled', String(position === cause));
  markSteps(position, lastPosition());
  scrollPane(part('source'), '.current');
  scrollPane(part('lanes'), '.current .box');
}

/** Begins with the check that is shown. */
function start() {
  if (!checks[shown]?.timeline) return;
  part('steps').hidden = false;
  goTo(0);
}

/**
 * Goes there for a reader who asked for it, and so must see it.
 * @param {number} wanted
 */
function step(wanted) {
  goTo(wanted);
  const player = part('player');
  // Source and lanes would be too far down.
  if (part('source').getBoundingClientRect().top > innerHeight / 2) player.scrollIntoView({ block: 'start' });
}

const causePosition = () => {
  const at = checks[shown]?.timeline?.rows.findIndex((row) => 'cause' in row) ?? -1;
  return at < 0 ? undefined : at + 1;
};

/** @type {Readonly<Record<string, () => number>>} */
const targets = {
  first: () => 0,
  back: () => position - 1,
  next: () => position + 1,
  last: lastPosition,
  'to-cause': () => causePosition() ?? position,
};

/** @type {Readonly<Record<string, string>>} */
const keys = { ArrowLeft: 'back', ArrowRight: 'next', Home: 'first', End: 'last' };

document.addEventListener('keydown', (event) => {
  const target = targets[keys[event.key] ?? ''];
  const isElsewhere = event.target instanceof HTMLSelectElement;
  if (!target || isElsewhere || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  step(target());
});
part('steps')?.addEventListener('click', ({ target }) => {
  const wanted = target instanceof Element ? targets[target.closest('button')?.id ?? ''] : undefined;
  if (wanted) step(wanted());
});
chooser?.addEventListener('change', () => {
  shown = Number(chooser.value);
  const check = checks[shown];
  if (!check) return;
  fill('about', aboutTrees(check));
  fill('evidence', evidenceTrees(check));
  part('player').hidden = !check.timeline;
  start();
});
if (checks[shown]?.timeline) offerRest(part('lanes'), part('rest'));
start();
