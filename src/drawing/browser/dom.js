// @ts-check
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
