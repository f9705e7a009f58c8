// @ts-check
// The script of the page: one request for each step, and nothing kept but the schedule, which is in the address.
/** @import { Tree } from '#src/drawing/browser/element.js' */
/** @import { GameData, Goal, PlayProgram, View, ViewRequest } from '../page-data.ts' */
import { markRow, toDom } from '#src/drawing/browser/dom.js';
import { h } from '#src/drawing/browser/element.js';
import { ask } from './ask.js';
import { cellTrees, choiceTrees, drawingTree, keysOf, reachedText, saidOf, sourceTrees } from './play-view.js';
import { scrollPane } from './scroll-pane.js';

/** @type {(id: string) => HTMLElement} */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {unknown} */
const parsed = JSON.parse(part('data').textContent ?? '');
const { command } = /** @type {GameData} */ (parsed);
const chooser = /** @type {HTMLSelectElement} */ (part('program'));

/** @type {readonly PlayProgram[]} */
let programs = [];
/** @type {View | undefined} */
let view;
/** @type {Goal | undefined} */
let goal;
/**
 * What was asked for before a save that it could not be followed in: the next save may mend that.
 * @type {ViewRequest | undefined}
 */
let before;
/**
 * The schedule that is drawn.
 * @type {string | undefined}
 */
let drawn;
/** Only the answer to the last question counts: the program may be another one since, or the code. */
let goalsAsked = 0;
/** Whether the last question had no answer. */
let isLost = false;
/** Steps are asked for one after the other: a key that is pressed twice counts twice. */
let last = Promise.resolve();

/** @param {string} id @param {readonly Tree[]} trees */
const fill = (id, trees) => part(id).replaceChildren(...trees.map((tree) => toDom(tree)));

/** @param {string} id @param {string} text a text that stays is not announced again */
function say(id, text) {
  if (part(id).textContent !== text) part(id).textContent = text;
}

/** @param {unknown} error */
function fail(error) {
  isLost = true;
  say('reached', /** @type {Error} */ (error).message);
}

/** @returns {ViewRequest} what the address asks for */
function wanted() {
  const given = new URLSearchParams(location.hash.slice(1));
  const program = given.get('program') ?? programs[0]?.name ?? '';
  const steps = given.get('steps');
  return { program, schedule: given.get('schedule') ?? '', ...(steps === null ? {} : { steps: Number(steps) }) };
}

/** @param {ViewRequest} request */
async function show({ program, schedule, steps }) {
  part('game').setAttribute('aria-busy', 'true');
  try {
    const answer = await ask({ call: 'view', program, schedule, ...(steps === undefined ? {} : { steps }) });
    view = /** @type {View} */ (answer);
    isLost = false;
    render(view, program);
  } catch (error) {
    // What was shown before stays, and can be gone back to.
    fail(error);
  } finally {
    part('game').removeAttribute('aria-busy');
  }
}

/** @param {View} shown @param {string} program */
function render(shown, program) {
  const { schedule, steps, total } = shown;
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['lane'] : undefined;
  fill('choices', choiceTrees(shown));
  if (focused !== undefined) focusChoice(focused);
  fill('cells', cellTrees(shown));
  showSource(shown);
  // To undo and redo, the drawing need not be made again.
  if (drawn === schedule) markRow(part('lanes'), shown.rows - 1);
  else fill('lanes', [drawingTree(shown)]);
  drawn = schedule;
  say('position', total === steps ? `${steps} steps` : `${steps} of ${total} steps`);
  say('said', saidOf(shown));
  say('reached', reachedText(shown.reached, goal));
  for (const [id, isUseless] of /** @type {const} */ ([
    ['first', steps === 0],
    ['back', steps === 0],
    ['next', steps === total],
    ['last', steps === total],
  ]))
    part(id).setAttribute('aria-disabled', String(isUseless));
  const address = new URLSearchParams({ program, schedule, ...(steps === total ? {} : { steps: String(steps) }) });
  history.replaceState(null, '', `#${address}`);
  say('command', `${command} ${program} ${schedule}`);
  scrollPane(part('lanes'), '.current .box');
}

/** @param {View} shown @param {string} [file] the one that the reader has chosen */
function showSource(shown, file) {
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

async function showGoal() {
  const { program } = wanted();
  const mine = ++goalsAsked;
  goal = undefined;
  say('goal', 'The explorer looks for what there is to find …');
  part('show').hidden = true;
  const answer = await ask({ call: 'goal', program }).catch((/** @type {Error} */ { message }) => ({
    sentence: message,
  }));
  const found = /** @type {Goal} */ (answer);
  if (mine !== goalsAsked) return;
  goal = found;
  say('goal', found.sentence);
  part('show').hidden = found.best === undefined;
  if (view) say('reached', reachedText(view.reached, found));
}

/** @param {ViewRequest} [request] what the address asks for by default */
async function open(request) {
  try {
    programs = /** @type {PlayProgram[]} */ (await ask({ call: 'programs' }));
  } catch (error) {
    fail(error);
    say('goal', '');
    return;
  }
  request ??= wanted();
  drawn = undefined;
  fill(
    'program',
    programs.map(({ name, sentence }) =>
      h('option', { value: name, selected: name === request.program || undefined }, `${name}: ${sentence}`),
    ),
  );
  await show(request);
  void showGoal();
}

/** @type {Readonly<Record<string, (view: View) => Partial<ViewRequest> | undefined>>} */
const moves = {
  first: ({ steps }) => (steps > 0 ? { steps: 0 } : undefined),
  back: ({ steps }) => (steps > 0 ? { steps: steps - 1 } : undefined),
  next: ({ steps, total }) => (steps < total ? { steps: steps + 1 } : undefined),
  last: ({ steps, total }) => (steps < total ? { steps: total } : undefined),
};

/** @param {(view: View) => Partial<ViewRequest> | undefined} to the step to stand at, or another schedule */
function move(to) {
  last = last.then(async () => {
    const change = view && to(view);
    if (!view || !change) return;
    before = undefined;
    await show({ program: wanted().program, schedule: view.schedule, ...change });
  });
}

/** @param {View} shown @param {number} index of a choice */
const chosen = ({ choices }, index) => choices[index] && { schedule: choices[index].schedule };

/** @type {Readonly<Record<string, string>>} */
const moveKeys = { ArrowLeft: 'back', u: 'back', ArrowRight: 'next', Home: 'first', End: 'last' };

document.addEventListener('keydown', (event) => {
  const undo = event.ctrlKey && event.key === 'z' ? 'back' : undefined;
  if (event.target instanceof HTMLSelectElement || event.altKey || event.metaKey || (event.ctrlKey && !undo)) return;
  const to = moves[undo ?? moveKeys[event.key] ?? ''];
  if (!to && !/^[1-9]$/.test(event.key)) return;
  event.preventDefault();
  if (to) move(to);
  else move((shown) => chosen(shown, keysOf(shown).indexOf(Number(event.key))));
});
part('choices').addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  if (button) move((shown) => chosen(shown, Number(button.dataset['choice'])));
});
part('files').addEventListener('click', ({ target }) => {
  const file = target instanceof Element ? target.closest('button')?.textContent : undefined;
  if (!view || !file) return;
  showSource(view, file);
  [...part('files').querySelectorAll('button')].find((each) => each.textContent === file)?.focus();
});
part('steps').addEventListener('click', ({ target }) => {
  const to = target instanceof Element ? moves[target.closest('button')?.id ?? ''] : undefined;
  if (to) move(to);
});
part('lanes').addEventListener('click', ({ target }) => {
  const row = target instanceof Element ? target.closest('.row') : null;
  const at = row ? [...part('lanes').querySelectorAll('.row')].indexOf(row) : -1;
  move(({ timeline }) => {
    const step = timeline.rows.slice(0, at + 1).filter((each) => 'step' in each).length;
    return at < 0 ? undefined : { steps: step };
  });
});
part('show').addEventListener('click', () => {
  move(() => (goal?.best ? { schedule: goal.best.schedule, steps: 0 } : undefined));
  part('next').focus();
});
part('copy').addEventListener('click', () => void navigator.clipboard.writeText(part('command').textContent ?? ''));
chooser.addEventListener('change', () => {
  location.hash = `#${new URLSearchParams({ program: chooser.value })}`;
});
const openAgain = () => {
  last = last.then(() => open());
};
addEventListener('hashchange', openAgain);
new EventSource('events').addEventListener('saved', () => {
  last = last.then(async () => {
    before ??= wanted();
    await open(before);
    if (view?.left === null && !isLost) before = undefined;
  });
});
openAgain();
