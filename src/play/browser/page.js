// @ts-check
// The script of the page: one request for each step, and nothing kept but the schedule, which is in the address.
/** @import { GameData, Goal, PlayProgram, View, ViewRequest } from '../page-data.ts' */
import { fill, offerRest, part } from '#src/drawing/browser/dom.js';
import { ask } from './ask.js';
import { disableSteps, say, showGame } from './parts.js';
import { commandFor, reachedText, shownText } from './play-text.js';
import { keysOf, programTrees } from './play-view.js';
import { render, scroll, showSource } from './render.js';

/** @type {unknown} */
const parsed = JSON.parse(part('data').textContent ?? '');
const data = /** @type {GameData} */ (parsed);
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
/** Only the answer to the last question counts: the program may be another one since, or the code. */
let goalsAsked = 0;
/** What is said at the next step before the step itself. */
let announcement = '';
/** Whether the last question had no answer. */
let isLost = false;
/** Until there is something to play again, keys and buttons do nothing. */
let isLoading = true;
/** Steps are asked for one after the other: a key that is pressed twice counts twice. */
let last = Promise.resolve();
/** How often the reader has chosen what to play: what was asked for before the last choice is not shown any more. */
let choicesMade = 0;
/** The choice that the running request belongs to. */
let running = 0;
const isStale = () => running !== choicesMade;

/** @param {() => Promise<void>} task left out if something else is chosen before its turn */
function queue(task) {
  const mine = choicesMade;
  last = last.then(async () => {
    if (mine !== choicesMade) return;
    running = mine;
    await task();
  });
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
    if (isStale()) return;
    view = /** @type {View} */ (answer);
    isLost = false;
    render(view, program, { data, announcement, goal });
    announcement = '';
  } catch (error) {
    // What was shown before stays, and can be gone back to.
    if (!isStale()) fail(error);
  } finally {
    part('game').removeAttribute('aria-busy');
  }
}

/** @param {string} program */
async function showGoal(program) {
  const mine = goalsAsked;
  say('goal', 'Searching for a failing schedule …');
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

/**
 * Asks for the programs, and shows one.
 * @param {string} sentence what is said until it is there
 * @param {ViewRequest} [request] what the address asks for by default
 */
async function open(sentence, request) {
  goalsAsked++;
  [goal, view, isLoading] = [undefined, undefined, true];
  disableSteps();
  part('show').hidden = true;
  say('goal', sentence);
  say('reached', '');
  try {
    programs = /** @type {PlayProgram[]} */ (await ask({ call: 'programs' }));
    if (isStale()) return;
    request ??= wanted();
    fill('program', programTrees(programs, data.tasks));
    chooser.value = request.program;
    await show(request);
  } catch (error) {
    if (!isStale()) fail(error);
  }
  if (isStale()) return;
  const shown = nowShown();
  const isPlayable = shown !== undefined && shown.reached?.isMissing !== true;
  showGame(isPlayable);
  isLoading = !isPlayable;
  if (isPlayable && request) {
    scroll();
    void showGoal(request.program);
    return;
  }
  say('goal', '');
  if (shown && data.reference !== undefined)
    say('reached', `${reachedText(shown.reached, goal)} Or look at the reference: ${data.reference}`);
}

/** What is shown after a question. */
const nowShown = () => view;

/** @type {Readonly<Record<string, (view: View) => Partial<ViewRequest> | undefined>>} */
const moves = {
  first: ({ steps }) => (steps > 0 ? { steps: 0 } : undefined),
  back: ({ steps }) => (steps > 0 ? { steps: steps - 1 } : undefined),
  next: ({ steps, total }) => (steps < total ? { steps: steps + 1 } : undefined),
  last: ({ steps, total }) => (steps < total ? { steps: total } : undefined),
};

/** @param {(view: View) => Partial<ViewRequest> | undefined} to the step to stand at, or another schedule */
function move(to) {
  if (isLoading) return;
  queue(async () => {
    const change = view && to(view);
    if (!view || !change) return;
    before = undefined;
    await show({ program: wanted().program, schedule: view.schedule, ...change });
  });
}

/** @param {View} shown @param {number} index of a choice */
const chosen = ({ choices }, index) => choices[index] && { schedule: choices[index].schedule };

/** @type {Readonly<Record<string, string>>} */
const moveKeys = { u: 'back', r: 'next', ArrowLeft: 'back', ArrowRight: 'next', Home: 'first', End: 'last' };

document.addEventListener('keydown', (event) => {
  const undo = event.ctrlKey && event.key === 'z' ? 'back' : undefined;
  // In the list of programs, these keys choose another one.
  const isForList = event.target === chooser && event.key.length > 1;
  if (isForList || event.altKey || event.metaKey || (event.ctrlKey && !undo)) return;
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
offerRest(part('lanes'), part('rest'));
part('show').addEventListener('click', () => {
  move(() => {
    const best = goal?.best;
    if (!best) return undefined;
    announcement = shownText(best);
    return { schedule: best.schedule, steps: 0 };
  });
  part('next').focus();
});
for (const [button, text] of /** @type {const} */ ([
  ['copy', 'command'],
  ['copy-letters', 'letters'],
]))
  part(button).addEventListener('click', () => void navigator.clipboard.writeText(part(text).textContent ?? ''));
const openAgain = () => {
  choicesMade++;
  before = undefined;
  queue(() => open('Loading your code …'));
};
chooser.addEventListener('change', () => {
  history.pushState(null, '', `#${new URLSearchParams({ program: chooser.value })}`);
  openAgain();
  // In the list, the arrow keys would choose the next program.
  part('choices').focus();
});
addEventListener('hashchange', openAgain);
const events = new EventSource('events');
events.addEventListener('error', () => {
  isLoading = true;
  disableSteps();
  say('goal', '');
  say(
    'reached',
    `The server of this page has ended. Start it again: ${part('command').textContent || commandFor(data)}`,
  );
});
events.addEventListener('saved', () => {
  queue(async () => {
    before ??= wanted();
    await open('Running your new code …', before);
    if (view?.left === null && !isLost) before = undefined;
  });
});
openAgain();
