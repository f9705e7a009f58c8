// @ts-check
// The script of the page: sorting, searching, and the dialog of a cell.
/** @import { PageData } from '../page-data.ts' */
/** @import { Column } from './rows.js' */
import { toDom } from '#src/drawing/browser/dom.js';
import { detailTree } from './detail.js';
import { isShown, matches, sortedRows } from './rows.js';
import { signs } from './signs.js';

/** @type {(selector: string) => HTMLElement} */
const one = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector));
/** @type {(selector: string) => HTMLElement[]} */
const all = (selector) => [...document.querySelectorAll(selector)].filter((each) => each instanceof HTMLElement);

/** @type {unknown} */
const parsed = JSON.parse(one('#data').textContent ?? '');
const data = /** @type {PageData} */ (parsed);
const tableBody = one('#matrix tbody');
const search = /** @type {HTMLInputElement} */ (one('#search'));
const dialog = /** @type {HTMLDialogElement} */ (one('#dialog'));

/** Rows by the index of their student. */
const rows = [.../** @type {HTMLTableElement} */ (one('#matrix')).tBodies].flatMap(({ rows }) => [...rows]);
/** Column headings that sort. */
const headings = all('#matrix th[data-column]');

/** @param {HTMLElement} heading */
function sortBy(heading) {
  const { column = 'name' } = heading.dataset;
  const first = column === 'name' ? 'ascending' : 'descending';
  const second = column === 'name' ? 'descending' : 'ascending';
  const direction = heading.getAttribute('aria-sort') === first ? second : first;
  for (const each of headings) each.removeAttribute('aria-sort');
  heading.setAttribute('aria-sort', direction);
  const by = /** @type {Column} */ (column === 'name' || column === 'points' ? column : Number(column));
  for (const student of sortedRows(data.students, by, direction)) tableBody.append(rows[student] ?? '');
}

function showFound() {
  const query = search.value;
  let shown = 0;
  data.students.forEach((student, at) => {
    const isFound = isShown(student, query);
    if (isFound) shown += 1;
    const row = rows[at];
    if (!row) return;
    row.hidden = !isFound;
    student.cells.forEach((cell, column) => {
      const isHit = cell !== null && query.trim() !== '' && matches(query, cell.verdict);
      row.cells[column + 2]?.classList.toggle('hit', isHit);
    });
  });
  one('#shown').textContent = `${shown} of ${data.students.length} students`;
  makeReachable(visibleCells()[0]?.[0]);
}

/** @returns {HTMLElement[][]} the buttons of the rows that are shown, in their order */
const visibleCells = () =>
  all('#matrix tbody tr:not([hidden])').flatMap((row) => {
    const buttons = [...row.querySelectorAll('button')];
    return buttons.length > 0 ? [buttons] : [];
  });

/** @type {HTMLElement | undefined} */
let reachable;

/**
 * The tab key reaches one cell, and arrow keys the others: thousands of stops would cut off the rest of the page.
 * @param {HTMLElement | undefined} button
 */
function makeReachable(button) {
  reachable?.setAttribute('tabindex', '-1');
  reachable = button;
  button?.setAttribute('tabindex', '0');
}

/** @type {Readonly<Record<string, readonly [down: number, right: number]>>} */
const moves = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** @param {KeyboardEvent} event */
function moveFocus(event) {
  const move = event.ctrlKey || event.altKey || event.metaKey ? undefined : moves[event.key];
  const cells = visibleCells();
  const line = cells.findIndex((row) => row.some((button) => button === event.target));
  if (!move || line < 0) return;
  event.preventDefault();
  const column = (cells[line] ?? []).findIndex((button) => button === event.target);
  const row = cells[Math.min(Math.max(line + move[0], 0), cells.length - 1)] ?? [];
  row[Math.min(Math.max(column + move[1], 0), row.length - 1)]?.focus();
}

/** @type {HTMLElement | undefined} */
let opener;
/** @type {[student: number, exercise: number]} */
let opened = [0, 0];

/** @param {number} student @param {number} exercise */
function show(student, exercise) {
  opened = [student, exercise];
  const { name, cells } = data.students[student] ?? { name: '', cells: [] };
  const about = data.exercises[exercise];
  const detail = data.details[cells[exercise]?.detail ?? -1];
  if (!about || !detail) return;
  one('#dialog-student').textContent = name;
  one('#dialog-exercise').textContent = `${about.id} ${about.title}`;
  const points = detail.points === null ? 'No points' : `${detail.points} of ${about.attainable} points`;
  const verdict = one('#dialog-verdict');
  verdict.textContent = `${signs[detail.standing]} ${points}: ${detail.verdict}`;
  verdict.className = detail.standing;
  one('#dialog-content').replaceChildren(toDom(detailTree(about, detail)));
  one('#dialog-content').scrollTop = 0;
  for (const [id, step] of /** @type {const} */ ([
    ['#previous', -1],
    ['#next', 1],
  ]))
    /** @type {HTMLButtonElement} */ (one(id)).disabled = neighbor(step) === undefined;
  if (!dialog.open) dialog.showModal();
  one('#dialog-title').focus();
}

/**
 * @param {number} step
 * @returns {HTMLElement | undefined} the cell of the same exercise in another of the rows that are shown
 */
function neighbor(step) {
  const [student, exercise] = opened;
  const column = all('#matrix tbody tr:not([hidden]) button').filter((button) => cellOf(button)[1] === exercise);
  return column[column.findIndex((button) => cellOf(button)[0] === student) + step];
}

/**
 * @param {HTMLElement} button
 * @returns {[student: number, exercise: number]}
 */
const cellOf = ({ dataset }) => {
  const [student = NaN, exercise = NaN] = (dataset['open'] ?? '').split(' ').map(Number);
  return [student, exercise];
};

/** @param {number} step */
function goOn(step) {
  const next = neighbor(step);
  if (!next) return;
  opener = next;
  makeReachable(next);
  show(...cellOf(next));
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  const heading = button?.closest('th');
  if (!button) return;
  if (button.dataset['open'] !== undefined) {
    opener = button;
    show(...cellOf(button));
  } else if (button.dataset['search'] !== undefined) {
    search.value = button.dataset['search'];
    showFound();
    search.focus();
  } else if (heading?.dataset['column'] !== undefined) sortBy(heading);
});
dialog.addEventListener('close', () => opener?.focus());
dialog.addEventListener('click', (event) => {
  // Outside of its content, a click on the dialog is one on the backdrop.
  if (event.target === dialog) dialog.close();
});
one('#close').addEventListener('click', () => dialog.close());
one('#previous').addEventListener('click', () => goOn(-1));
one('#next').addEventListener('click', () => goOn(1));
search.addEventListener('input', showFound);
tableBody.addEventListener('keydown', moveFocus);
tableBody.addEventListener('focusin', ({ target }) => {
  if (target instanceof HTMLButtonElement) makeReachable(target);
});

for (const button of all('#matrix tbody button')) button.setAttribute('tabindex', '-1');
one('.controls').hidden = false;
showFound();
