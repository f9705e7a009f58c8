// @ts-check
// Trees in the document, and what the pages do with their parts.
/** @import { Tree } from './element.js' */

/**
 * @param {Tree} tree
 * @param {boolean} [isDrawing] whether it is part of an SVG
 * @returns {Node}
 */
export function toDom(tree, isDrawing = false) {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const inside = isDrawing || tree.tag === 'svg';
  const element = inside
    ? document.createElementNS('http://www.w3.org/2000/svg', tree.tag)
    : document.createElement(tree.tag);
  for (const [name, value] of Object.entries(tree.attributes))
    if (value !== undefined) element.setAttribute(name, value === true ? '' : String(value));
  element.append(...tree.children.map((child) => toDom(child, inside)));
  return element;
}

/**
 * Moves the highlight of a drawing, which is faster than to draw it again.
 * @param {ParentNode} parent of the drawing
 * @param {number} current index of its row, as for `timelineDrawing`
 */
export function markRow(parent, current) {
  for (const row of parent.querySelectorAll('.timeline [data-row]')) {
    const index = Number(row.getAttribute('data-row'));
    row.classList.toggle('current', index === current);
    row.classList.toggle('later', index > current);
  }
}

/** @type {(id: string) => HTMLElement} */
export const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id @param {readonly Tree[]} trees */
export const fill = (id, trees) => part(id).replaceChildren(...trees.map((tree) => toDom(tree)));

/**
 * Of the buttons that step through a schedule, marks those that lead nowhere now.
 * @param {number} position @param {number} end
 */
export function markSteps(position, end) {
  for (const [id, isUseless] of /** @type {const} */ ([
    ['first', position === 0],
    ['back', position === 0],
    ['next', position === end],
    ['last', position === end],
  ]))
    part(id).setAttribute('aria-disabled', String(isUseless));
}

/**
 * Scrolls a pane up or down, and never the page, so far that something in it is visible.
 * @param {HTMLElement} pane
 * @param {string} selector
 */
export function scrollPane(pane, selector) {
  const found = pane.querySelector(selector);
  if (!found) return;
  const [inner, outer] = [found.getBoundingClientRect(), pane.getBoundingClientRect()];
  const margin = 40;
  if (inner.top < outer.top + margin) pane.scrollTop -= outer.top + margin - inner.top;
  else if (inner.bottom > outer.bottom - margin) pane.scrollTop += inner.bottom - outer.bottom + margin;
}
